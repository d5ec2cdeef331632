"""`statelint check` from the arguments to the exit status."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pystatelint.cli.group import cli

SHARED = """\
class Chat:
    history = []

    def send(self, text):
        self.history.append(text)
"""

COUNTED = """\
from typing import ClassVar


class Registry:
    seen: ClassVar[list[str]] = []

    @classmethod
    def note(cls, name):
        cls.seen.append(name)


def handle(request):
    Registry.note(request.name)
"""

CLEAN = """\
class Chat:
    def __init__(self):
        self.history = []

    def send(self, text):
        self.history.append(text)
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one error, one warning and one clean file, as working directory."""
    (tmp_path / "app").mkdir()
    for name, text in (("shared", SHARED), ("counted", COUNTED), ("clean", CLEAN)):
        (tmp_path / "app" / f"{name}.py").write_text(text)
    (tmp_path / "statelint.toml").write_text("root = true\n")
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("STATELINT_")]:
        monkeypatch.delenv(name)
    return tmp_path


def run(*args: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli, args, input=stdin)


def codes(result: Result) -> list[tuple[str, str, int]]:
    return [(each["path"], each["code"], each["line"]) for each in json.loads(result.stdout)]


ERROR = ("app/shared.py", "HMS101", 2)
WARNING = ("app/counted.py", "HMS102", 5)


@pytest.mark.parametrize(
    ("args", "status", "expected"),
    [
        pytest.param((), 1, [WARNING, ERROR], id="no path: the working directory"),
        pytest.param(("app",), 1, [WARNING, ERROR], id="folder"),
        pytest.param(("app/shared.py",), 1, [ERROR], id="file"),
        pytest.param(("app/clean.py",), 0, [], id="clean file"),
        pytest.param(("--exit-zero", "app"), 0, [WARNING, ERROR], id="exit-zero"),
        pytest.param(("--fail-on", "error", "app"), 1, [WARNING, ERROR], id="an error fails"),
        pytest.param(
            ("--fail-on", "error", "app/counted.py"), 0, [WARNING], id="a warning does not"
        ),
        pytest.param(("--select", "HMS101", "app"), 1, [ERROR], id="select"),
        pytest.param(("--select", "HMS2", "app"), 0, [], id="select something else"),
        pytest.param(("--ignore", "HMS101", "app"), 1, [WARNING], id="ignore"),
        pytest.param(("--ignore", "HMS101,HMS102", "app"), 0, [], id="ignore two"),
        pytest.param(("--ignore", "HMS101", "--ignore", "HMS102", "app"), 0, [], id="repeated"),
        pytest.param(
            ("--ignore", "instance-mutated-class-container", "app"), 1, [WARNING], id="by name"
        ),
        pytest.param(
            ("--select", "HMS101", "--ignore", "HMS1", "app"), 1, [ERROR], id="longer wins"
        ),
        pytest.param(
            ("--per-file-ignores", "app/shared.py:HMS1 x/*:HMS2", "app"),
            1,
            [WARNING],
            id="per file",
        ),
        pytest.param(("--extend-exclude", "shared.py", "app"), 1, [WARNING], id="excluded"),
        pytest.param(
            ("--extend-exclude", "shared.py", "app/shared.py"), 1, [ERROR], id="named: not excluded"
        ),
        pytest.param(
            ("--force-exclude", "--extend-exclude", "shared.py", "app/shared.py"),
            0,
            [],
            id="force-exclude",
        ),
    ],
)
def test_findings_and_status(
    args: tuple[str, ...], status: int, expected: list[tuple[str, str, int]]
) -> None:
    result = run("--output-format", "json", *args)
    assert (result.exit_code, result.stderr) == (status, "")
    assert codes(result) == expected


def test_check_is_the_default_command() -> None:
    assert run("app").stdout == run("check", "app").stdout != ""


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(("ap",), "there is no file or folder 'ap'; did you mean 'app'?", id="path"),
        pytest.param(
            ("--select", "HMS1O1", "app"),
            "there is no rule 'HMS1O1'; did you mean 'HMS101'?",
            id="code",
        ),
        pytest.param(
            ("--output", "jsom:x", "app"), "did you mean 'json'?", id="format of an output"
        ),
        pytest.param(("-f", "xml", "app"), "'xml' is not one of 'full', 'concise'", id="format"),
        pytest.param(("--per-file-ignores", "HMS1", "app"), "is not GLOB:CODE", id="no glob"),
        pytest.param(("--config", "no.toml", "app"), "no.toml: cannot read", id="configuration"),
    ],
)
def test_mistakes_are_one_line_and_status_2(args: tuple[str, ...], message: str) -> None:
    result = run(*args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.startswith("statelint: error: ")
    assert result.stderr.count("\n") == 1


def test_mistake_in_the_file_names_its_line(project: Path) -> None:
    (project / "statelint.toml").write_text('strict = true\nselct = "HMS1"\n')
    result = run("app")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "statelint: error: statelint.toml:2: selct: unknown key; did you mean 'select'?\n"
    )


def test_environment_gives_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATELINT_IGNORE", "HMS101,HMS102")
    monkeypatch.setenv("STATELINT_OUTPUT_FORMAT", "json")
    assert codes(run("app")) == []
    assert codes(run("--ignore", "HMS102", "app")) == [ERROR]


def test_files_get_their_reports_and_the_screen_its_own(project: Path) -> None:
    result = run("--output", "json:a.json", "--output", "sarif:b.sarif", "-f", "concise", "app")
    assert result.exit_code == 1
    assert [each["code"] for each in json.loads((project / "a.json").read_text())] == [
        "HMS102",
        "HMS101",
    ]
    assert json.loads((project / "b.sarif").read_text())["version"] == "2.1.0"
    assert [line.split()[1] for line in result.stdout.splitlines()] == ["HMS102", "HMS101"]


def test_no_report_is_written_when_the_command_line_is_wrong(project: Path) -> None:
    assert run("--output", "json:a.json", "--select", "XYZ", "app").exit_code == 2
    assert not (project / "a.json").exists()


def test_statistics_follow_for_people() -> None:
    plain = run("-f", "concise", "app").stdout
    counted = run("-f", "concise", "--statistics", "app").stdout
    assert counted.startswith(plain)
    assert [line.split()[:2] for line in counted[len(plain) :].splitlines()] == [
        ["1", "HMS101"],
        ["1", "HMS102"],
    ]


def test_statistics_leave_a_machine_its_json() -> None:
    result = run("-f", "json", "--statistics", "app")
    assert len(json.loads(result.stdout)) == 2
    assert "HMS101" in result.stderr


def test_standard_input_is_analysed_under_its_name() -> None:
    result = run("-f", "json", "-", "--stdin-filename", "app/new.py", stdin=SHARED)
    assert result.exit_code == 1
    assert codes(result) == [("app/new.py", "HMS101", 2)]


def test_source_of_standard_input_is_shown() -> None:
    result = run("-", "--stdin-filename", "app/new.py", "--color", "never", stdin=SHARED)
    assert "history = []" in result.stdout


def test_configuration_near_the_name_of_standard_input_governs(project: Path) -> None:
    (project / "app" / "statelint.toml").write_text('ignore = ["HMS101"]\n')
    result = run("-", "--stdin-filename", "app/new.py", stdin=SHARED)
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("color", "environ", "expected"),
    [
        pytest.param("always", {"NO_COLOR": "1"}, True, id="always"),
        pytest.param("never", {"FORCE_COLOR": "1"}, False, id="never"),
        pytest.param("auto", {"FORCE_COLOR": "1"}, True, id="forced"),
        pytest.param("auto", {}, False, id="no terminal"),
    ],
)
def test_color(
    color: str, environ: dict[str, str], *, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("--color", color, "app").stdout) is expected


def test_machine_formats_have_no_color() -> None:
    assert "\x1b[" not in run("--color", "always", "-f", "json", "app").stdout


def test_interrupt_is_told_and_nothing_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr("pystatelint.cli.analysis.analyse", interrupted)
    result = run("app")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.strip() == "statelint: interrupted; nothing is reported"


def test_ledger_prints_every_cell_and_counts() -> None:
    result = run("ledger", "app")
    assert result.exit_code == 0
    assert "app.shared.Chat.history" in result.stdout
    assert result.stdout.splitlines()[-1] == "2 cells, 2 written at run time"


def test_ledger_as_json_filters() -> None:
    rows = json.loads(run("ledger", "-f", "json", "--verdict", "runtime", "app").stdout)
    assert {row["verdict"] for row in rows} == {"runtime"}
    assert json.loads(run("ledger", "-f", "json", "--verdict", "const", "app").stdout) == []


def test_ledger_knows_its_verdicts() -> None:
    result = run("ledger", "--verdict", "runtme", "app")
    assert result.exit_code == 2
    assert "did you mean 'runtime'?" in result.stderr


def test_config_prints_what_holds() -> None:
    result = run("config", "--strict", "app")
    assert result.exit_code == 0
    assert result.stdout.startswith("# from statelint.toml\n")
    assert "\nstrict = true\n" in result.stdout
    assert json.loads(run("config", "-f", "json", "--strict", "app").stdout)["strict"] is True


def test_config_prints_its_schema() -> None:
    schema = json.loads(run("config", "--schema").stdout)
    assert "select" in schema["properties"]


def test_every_rule_explains_itself() -> None:
    rules = json.loads(run("rule", "--all", "-f", "json").stdout)
    assert [line[:6] for line in run("rule").stdout.splitlines() if line.startswith("HMS")] == [
        rule["code"] for rule in rules
    ]
    assert {"HMS101", "HMS102"} <= {rule["code"] for rule in rules}
    assert all(rule["summary"] for rule in rules)
    assert "HMS101" in run("rule", "HMS101").stdout
