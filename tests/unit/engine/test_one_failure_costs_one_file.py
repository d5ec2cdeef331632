"""Whatever breaks on one file or in one rule, the rest is still reported."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from pystatelint.cli.group import cli
from pystatelint.config.schema import Config
from pystatelint.engine.pipeline import Run, run
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding
from pystatelint.model.module_facts import ModuleFacts
from pystatelint.model.report import ErrorKind, Report
from pystatelint.model.rule import Rule
from pystatelint.rules import ALL_RULES
from pystatelint.source.read import SourceFile

SHARED = "log = []\n\n\ndef note(text):\n    log.append(text)\n"
RULE = next(rule for rule in ALL_RULES if rule.code == "HMS201")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three files with a finding each, as working directory."""
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.py").write_text(SHARED)
    (tmp_path / "statelint.toml").write_text("root = true\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def fails_on_b(project: Project, config: Config) -> Iterator[Finding]:
    if any(path == "b.py" for path in (cell.path for cell in project.cells)):
        raise KeyError("of\nthe rule")
    yield from RULE.check(project, config) if RULE.check else ()


def fails_on_many(project: Project, config: Config) -> Iterator[Finding]:
    if len(project.cells) > 1:
        raise RecursionError("too deep")
    yield from RULE.check(project, config) if RULE.check else ()


def rules_with(check: object) -> tuple[Rule, ...]:
    return tuple(
        msgspec.structs.replace(rule, check=check) if rule is RULE else rule for rule in ALL_RULES
    )


def reported(folder: Path, rules: tuple[Rule, ...]) -> Report:
    today = datetime.date(2026, 1, 1)
    paths = (Path(),)
    return run(Run(paths=paths, config=Config(), cwd=folder, rules=rules, today=today))


def places(report: Report) -> list[tuple[str, str]]:
    return [(each.path, each.code) for each in report.findings]


def test_a_rule_that_breaks_on_one_file_reports_on_the_others(folder: Path) -> None:
    report = reported(folder, rules_with(fails_on_b))
    assert places(report) == [("a.py", "HMS201"), ("c.py", "HMS201")]
    (error,) = report.errors
    assert (error.kind, error.path) == (ErrorKind.RULE, "b.py")
    assert error.message == (
        "HMS201 (module-state-written-at-run-time) failed on b.py: KeyError: 'of\\nthe rule'; "
        "please report it, and use --ignore HMS201 until then"
    )


def test_a_rule_that_breaks_on_the_files_together_says_so(folder: Path) -> None:
    report = reported(folder, rules_with(fails_on_many))
    assert [path for path, _ in places(report)] == ["a.py", "b.py", "c.py"]
    (error,) = report.errors
    assert (error.kind, error.path) == (ErrorKind.RULE, "")
    assert "failed on the project: RecursionError: too deep; please report it" in error.message


def test_other_rules_go_on(folder: Path) -> None:
    (folder / "b.py").write_text(
        f"{SHARED}\n\nclass Chat:\n    log = []\n\n"
        "    def send(self, text):\n        self.log.append(text)\n"
    )
    report = reported(folder, rules_with(fails_on_b))
    assert ("b.py", "HMS101") in places(report)


@pytest.fixture
def facts_fail_on_b(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the extraction of facts break on ``b.py``, as on syntax that nobody thought of."""
    from pystatelint.engine import sources

    extract = sources.facts_of

    def facts_of(source: SourceFile) -> ModuleFacts:
        if source.path == "b.py":
            raise AttributeError("no such\nnode")
        return extract(source)

    monkeypatch.setattr(sources, "facts_of", facts_of)


@pytest.mark.usefixtures("facts_fail_on_b")
def test_a_file_that_breaks_the_extraction_costs_itself_only(folder: Path) -> None:
    report = reported(folder, ALL_RULES)
    assert [path for path, _ in places(report)] == ["a.py", "c.py"]
    (error,) = report.errors
    assert (error.kind, error.path) == (ErrorKind.INTERNAL, "b.py")
    assert error.message == (
        "b.py is not analysed: AttributeError: no such node; "
        "please report it, and use --extend-exclude b.py until then"
    )
    assert (report.files, report.linked) == (3, 3)


@pytest.mark.usefixtures("facts_fail_on_b")
@pytest.mark.parametrize("output_format", ["full", "concise"])
def test_people_see_the_findings_and_the_failure(output_format: str) -> None:
    result = CliRunner().invoke(cli, ["-f", output_format, "."])
    assert result.exit_code == 2
    assert "a.py:1:1: " in result.stdout
    assert "c.py:1:1: " in result.stdout
    assert "b.py is not analysed: AttributeError: no such node" in result.stdout


@pytest.mark.usefixtures("facts_fail_on_b")
@pytest.mark.parametrize("output_format", ["json", "jsonl", "sarif", "github"])
def test_machines_get_the_findings_and_whoever_watches_the_failure(output_format: str) -> None:
    result = CliRunner().invoke(cli, ["-f", output_format, "."])
    assert result.exit_code == 2
    assert "a.py" in result.stdout
    assert "c.py" in result.stdout
    assert result.stderr == (
        "statelint: error: b.py is not analysed: AttributeError: no such node; "
        "please report it, and use --extend-exclude b.py until then\n"
    )


@pytest.mark.usefixtures("facts_fail_on_b")
def test_exit_zero_does_not_hide_a_failure() -> None:
    assert CliRunner().invoke(cli, ["--exit-zero", "."]).exit_code == 2
