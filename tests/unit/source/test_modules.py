"""A file's dotted name must be the one that imports of it use."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from pystatelint.config.schema import Config
from pystatelint.source.modules import module_names
from pystatelint.source.roots import import_roots

SRC = Config().src


def _tree(top: Path, names: Iterable[str]) -> tuple[Path, ...]:
    for name in names:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).touch()
    return tuple(top / name for name in names if name.endswith(".py"))


def _names(
    top: Path,
    files: Iterable[str],
    *imported: str,
    src: tuple[str, ...] = SRC,
    root: str | None = "",
    cwd: str = "",
) -> dict[str, str]:
    paths = _tree(top, tuple(files))
    project = None if root is None else top / root
    roots = import_roots(paths, src, project, cwd=top / cwd, imported=frozenset(imported))
    found = module_names(paths, roots, project or top / cwd)
    return {path.relative_to(top).as_posix(): name for path, name in found.items()}


LAYOUTS = [
    pytest.param({"app/services/chat.py": "app.services.chat"}, id="no package file at all"),
    pytest.param(
        {"app/__init__.py": "app", "app/chat.py": "app.chat", "main.py": "main"}, id="flat layout"
    ),
    pytest.param({"src/app/chat.py": "app.chat"}, id="src layout without package files"),
    pytest.param(
        {"src/app/__init__.py": "app", "src/app/x/__init__.py": "app.x", "src/run.py": "run"},
        id="src layout",
    ),
    pytest.param({"tests/conftest.py": "tests.conftest"}, id="tests without package file"),
    pytest.param(
        {"src/app/a.py": "app.a", "tests/a.py": "tests.a", "setup.py": "setup"},
        id="src beside tests",
    ),
    pytest.param(
        {"app/__init__.py": "app", "app/data/load.py": "app.data.load"},
        id="a namespace inside of a package",
    ),
    pytest.param(
        {"backend/app/__init__.py": "app", "backend/app/chat.py": "app.chat"},
        id="a package in a folder that is none",
    ),
    pytest.param(
        {
            "packages/one/src/one/a.py": "one.a",
            "packages/two/src/two/__init__.py": "two",
            "packages/two/tests/test_two.py": "packages.two.tests.test_two",
        },
        id="a src folder in every package of a repository",
    ),
    pytest.param(
        {"services/api/pyproject.toml": "", "services/api/api/main.py": "api.main"},
        id="a project inside of the project",
    ),
    pytest.param(
        {"app/__init__.py": "app", "app/setup.py": "app.setup", "app/a.py": "app.a"},
        id="a package with a module called setup",
    ),
    pytest.param(
        {"src/__init__.py": "src", "src/app/__init__.py": "src.app", "src/app/a.py": "src.app.a"},
        id="a package that is called src",
    ),
    pytest.param({"my-script.py": "my-script", "v1.2/a.b.py": "v1_2.a_b"}, id="odd names"),
    pytest.param({"app/__main__.py": "app.__main__"}, id="a package that runs"),
    pytest.param({"bin/tool": ""}, id="no module at all"),
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(tmp_path: Path, layout: dict[str, str]) -> None:
    expected = {path: name for path, name in layout.items() if name}
    assert _names(tmp_path, layout) == expected


def test_the_root_itself_may_be_a_package(tmp_path: Path) -> None:
    found = _names(tmp_path, ["pkg/__init__.py", "pkg/a.py", "pkg/sub/b.py"], root="pkg")
    assert list(found.values()) == ["pkg", "pkg.a", "pkg.sub.b"]


IMPORTS = [
    pytest.param(
        ["app/services/__init__.py", "app/services/chat.py", "app/main.py"],
        ["app.services.chat"],
        ["app.main", "app.services", "app.services.chat"],
        id="imports name the namespace around a package",
    ),
    pytest.param(
        ["app/services/__init__.py", "app/services/chat.py", "app/other/__init__.py"],
        ["app.services"],
        ["app.other", "app.services", "app.services.chat"],
        id="one import speaks for the packages beside it",
    ),
    pytest.param(
        ["app/services/__init__.py", "app/services/chat.py"],
        ["services.chat"],
        ["services", "services.chat"],
        id="imports name the package alone",
    ),
    pytest.param(
        ["backend/app/services/chat.py", "backend/app/main.py", "backend/run.py"],
        ["app.services.chat"],
        ["app.main", "app.services.chat", "run"],
        id="imports begin below a folder without package files",
    ),
    pytest.param(
        ["backend/app/services/chat.py", "backend/app/main.py"],
        ["backend.app.services.chat", "backend.app.main"],
        ["backend.app.main", "backend.app.services.chat"],
        id="imports begin at the top",
    ),
    pytest.param(
        ["src/app/a.py", "src/app/b.py"],
        ["src.app.a"],
        ["src.app.a", "src.app.b"],
        id="a src folder that imports name is a package",
    ),
    pytest.param(
        ["tools/logging.py", "tools/redis/a.py", "app/__init__.py"],
        ["logging", "redis", "os.path"],
        ["app", "tools.logging", "tools.redis.a"],
        id="a library of the same name makes no root",
    ),
    pytest.param(
        ["app/__init__.py", "app/core/celery.py"],
        ["core.celery"],
        ["app", "app.core.celery"],
        id="the inside of a package is no root",
    ),
]


@pytest.mark.parametrize(("files", "imported", "names"), IMPORTS)
def test_imports_tell_where_names_begin(
    tmp_path: Path, files: list[str], imported: list[str], names: list[str]
) -> None:
    assert sorted(_names(tmp_path, files, *imported).values()) == names


def test_configured_folders_are_relative_to_the_working_directory(tmp_path: Path) -> None:
    files = ["sub/lib/app/a.py", "lib/b.py"]
    assert _names(tmp_path, files, src=("lib",), cwd="sub")["sub/lib/app/a.py"] == "app.a"
    assert _names(tmp_path, files, src=("../lib",), cwd="sub")["lib/b.py"] == "b"


def test_default_folders_are_relative_to_the_root(tmp_path: Path) -> None:
    names = _names(tmp_path, ["src/app/a.py", "other/x.py"], cwd="other")
    assert names == {"src/app/a.py": "app.a", "other/x.py": "other.x"}


def test_configured_folders_that_do_not_exist_are_nothing(tmp_path: Path) -> None:
    assert _names(tmp_path, ["app/a.py"], src=(".", "gone")) == {"app/a.py": "app.a"}


def test_the_innermost_configured_folder_counts(tmp_path: Path) -> None:
    assert _names(tmp_path, ["a/b/c.py"], src=(".", "a/b", "a")) == {"a/b/c.py": "c"}


def test_without_a_root_names_begin_at_the_working_directory(tmp_path: Path) -> None:
    assert _names(tmp_path, ["app/a.py"], root=None) == {"app/a.py": "app.a"}


def test_outside_of_everything_names_begin_at_the_package_or_the_file(tmp_path: Path) -> None:
    files = ["there/pkg/__init__.py", "there/pkg/a.py", "there/b.py", "here/x.py"]
    names = _names(tmp_path, files, root=None, cwd="here")
    assert list(names.values()) == ["x", "b", "pkg", "pkg.a"]


DOUBLES = [
    pytest.param(
        {"src/app/a.py": "src.app.a", "app/a.py": "app.a"}, id="the longer way is a name by itself"
    ),
    pytest.param(
        {
            "examples/one/pkg/__init__.py": "examples.one.pkg",
            "examples/one/pkg/a.py": "examples.one.pkg.a",
            "examples/two/pkg/__init__.py": "examples.two.pkg",
            "examples/two/pkg/b.py": "examples.two.pkg.b",
        },
        id="two packages of one name",
    ),
    pytest.param(
        {"one/src/conftest.py": "one.src.conftest", "two/src/conftest.py": "two.src.conftest"},
        id="two scripts of one name",
    ),
    pytest.param({"pkg/__init__.py": "pkg", "pkg.py": "pkg~2"}, id="a package hides a module"),
    pytest.param(
        {"src/pkg/__init__.py": "pkg", "src/pkg/a.py": "pkg.a", "src/pkg.py": "pkg~2"},
        id="a hidden module takes nothing from the package",
    ),
]


@pytest.mark.parametrize("layout", DOUBLES)
def test_no_name_twice(tmp_path: Path, layout: dict[str, str]) -> None:
    assert _names(tmp_path, layout) == layout
    assert _names(tmp_path, reversed(layout)) == layout


def test_names_of_files_that_do_not_exist(tmp_path: Path) -> None:
    new, lone, far = tmp_path / "src" / "app" / "new.py", tmp_path / "x.py", Path("/elsewhere/y.py")
    roots = (tmp_path / "src", tmp_path)
    assert module_names([new, far], roots, tmp_path) == {far: "y", new: "app.new"}
    assert module_names([lone], (), tmp_path) == {lone: "x"}
