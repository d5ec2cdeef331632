"""The configuration as frozen records; parsing, help and JSON schema come from it."""

import msgspec

from pystatelint.config.choices import (
    AUTOMATIC,
    FailOn,
    MinConfidence,
    OutputFormat,
    ProjectKind,
)
from pystatelint.models.functions import Entry

CACHE_NAMES = (
    "cache",
    "buffer",
    "_storage",
    "_messages",
    "_conversations",
    "memo",
    "registry",
    "pool",
)
"""Parts of names that promise hidden state (HMS112, HMS215)."""

DEFAULT_EXCLUDE = (
    ".bzr",
    ".direnv",
    ".eggs",
    ".git",
    ".hg",
    ".mypy_cache",
    ".nox",
    ".pytest_cache",
    ".ruff_cache",
    ".statelint_cache",
    ".svn",
    ".tox",
    ".venv",
    "__pycache__",
    "build",
    "dist",
    "node_modules",
    "site-packages",
    "venv",
)
"""Folders that hold no code of the project's own."""

TEST_PATHS = (
    "test_*.py",
    "*_test.py",
    "test.py",
    "tests.py",
    "conftest.py",
    "tests/",
    "test/",
    "testing/",
)
"""Files and folders that hold tests, as pytest and Django (``tests.py``) look for them."""


class Config(msgspec.Struct, frozen=True, kw_only=True, rename="kebab", forbid_unknown_fields=True):
    """The effective configuration (`[tool.statelint]`).

    Attributes:
        select: codes, prefixes or names to report; empty means the default set.
        ignore: codes, prefixes or names to leave out.
        extend_select: added to `select`.
        extend_ignore: added to `ignore`.
        per_file_ignores: glob of paths -> codes ignored there.
        exclude: names or globs that are not walked into.
        extend_exclude: added to `exclude`.
        force_exclude: exclude also files named on the command line.
        respect_gitignore: leave out what `.gitignore` names.
        src: folders that import roots may be found in.
        environment: where the project's libraries are installed: the path of an
            environment, ``auto`` or ``none``.
        deep: ask astroid what functions of libraries return, where nothing else tells.
        strict: treat the whole project as declared-stateless.
        stateless: pattern of classes and modules -> allowed instance attributes.
        cache_names: parts of names that promise hidden state.
        require_reason: a suppression must give a reason (HMS002).
        output_format: what standard output gets.
        fail_on: mildest severity that makes the exit status 1.
        min_confidence: findings below it are not reported.
        project_kind: ``library`` if somebody outside may call any public function,
            ``application`` if not, ``auto`` to find out.
        entry: how frameworks that no table knows get to call functions.
        test_paths: globs of files that are tests.
        extend: another configuration file that this one refines.
        root: the folder of this file is the root of the project: all below it is linked
            together, also where a folder in between has a `pyproject.toml` of its own.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    per_file_ignores: dict[str, tuple[str, ...]] = {}
    exclude: tuple[str, ...] = DEFAULT_EXCLUDE
    extend_exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    respect_gitignore: bool = True
    src: tuple[str, ...] = (".", "src")
    environment: str = AUTOMATIC
    deep: bool = False
    strict: bool = False
    stateless: dict[str, tuple[str, ...]] = {}
    cache_names: tuple[str, ...] = CACHE_NAMES
    require_reason: bool = False
    output_format: OutputFormat = "full"
    fail_on: FailOn = "info"
    min_confidence: MinConfidence = "medium"
    project_kind: ProjectKind = "auto"
    entry: tuple[Entry, ...] = ()
    test_paths: tuple[str, ...] = TEST_PATHS
    extend: str = ""
    root: bool = False
