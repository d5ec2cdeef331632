"""`statelint ledger` from the arguments to the exit status."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pystatelint.cli.group import cli

QUIET = "class Chat:\n    history = []\n    limit = 3\n"
SHARED = f"{QUIET}\n    def send(self, text):\n        self.history.append(text)\n"


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in which nobody writes, as working directory."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "chat.py").write_text(QUIET)
    (tmp_path / "app" / "rows.py").write_text("ROWS = []\n")
    (tmp_path / "statelint.toml").write_text("root = true\n")
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("STATELINT_")]:
        monkeypatch.delenv(name)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ("ledger", *args))


def symbols(result: Result) -> list[str]:
    return [row["symbol"] for row in json.loads(result.stdout)]


def test_prints_every_cell_and_counts() -> None:
    result = run("app")

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.splitlines()[-1] == "3 cells, 0 written at run time"


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        pytest.param((), ["app.chat.Chat.history", "app.chat.Chat.limit", "app.rows.ROWS"], id="-"),
        pytest.param(("--verdict", "const"), ["app.chat.Chat.history", "app.rows.ROWS"], id="v"),
        pytest.param(
            ("--verdict", "immutable,registry"), ["app.chat.Chat.limit"], id="two verdicts"
        ),
        pytest.param(("--kind", "module"), ["app.rows.ROWS"], id="kind"),
        pytest.param(("--module", "*.rows"), ["app.rows.ROWS"], id="module"),
        pytest.param(("--symbol", "Chat.limit"), ["app.chat.Chat.limit"], id="symbol"),
        pytest.param(("--symbol", "*.Chat.*", "--mutable"), ["app.chat.Chat.history"], id="both"),
        pytest.param(("--written",), [], id="written"),
    ],
)
def test_filters(args: tuple[str, ...], expected: list[str]) -> None:
    assert symbols(run("-f", "json", *args, "app")) == expected


@pytest.mark.parametrize(
    ("output_format", "beginning"),
    [
        ("text", "symbol "),
        ("json", "[\n"),
        ("markdown", "3 cells, 0 written at run time\n\n| symbol |"),
        ("html", "<!doctype html>"),
    ],
)
def test_formats_to_standard_output_and_to_files(
    project: Path, output_format: str, beginning: str
) -> None:
    printed = run("-f", output_format, "app")
    run("--output", f"{output_format}:out", "-f", "text", "app")

    assert printed.stdout.startswith(beginning)
    assert (project / "out").read_text() == printed.stdout


def test_several_files_and_the_table_on_the_screen(project: Path) -> None:
    result = run("--output", "json:a.json", "--output", "html:a.html", "app")

    assert result.stdout.startswith("symbol ")
    assert json.loads((project / "a.json").read_text())
    assert (project / "a.html").read_text().endswith("</html>\n")


def test_without_a_change_the_difference_is_empty() -> None:
    run("--output", "json:base.json", "app")

    result = run("--diff", "base.json", "--exit-non-zero-on-new", "app")

    assert (result.exit_code, result.stdout) == (0, "Nothing has changed in 3 cells.\n")


@pytest.fixture
def changed(project: Path) -> Path:
    """The project after a change, with a ledger of before in base.json."""
    run("--output", "json:base.json", "app")
    (project / "app" / "chat.py").write_text(SHARED)
    (project / "app" / "rows.py").unlink()
    return project


def test_tells_what_has_changed(changed: Path) -> None:
    answer = json.loads(run("--diff", "base.json", "-f", "json", "app").stdout)

    assert [each["after"]["symbol"] for each in answer["newly_written"]] == [
        "app.chat.Chat.history"
    ]
    assert [each["symbol"] for each in answer["gone"]] == ["app.rows.ROWS"]
    assert answer["new"] == answer["no_longer_written"] == answer["other_verdict"] == []


@pytest.mark.parametrize("output_format", ["text", "markdown", "html"])
def test_every_format_tells_what_has_changed(changed: Path, output_format: str) -> None:
    shown = run("--diff", "base.json", "-f", output_format, "app").stdout

    assert "newly written" in shown
    assert "gone" in shown
    assert "app.chat.Chat.limit" not in shown


@pytest.mark.parametrize(
    ("args", "status"),
    [
        pytest.param((), 0, id="only told"),
        pytest.param(("--exit-non-zero-on-new",), 1, id="and by the exit status"),
        pytest.param(
            ("--exit-non-zero-on-new", "--symbol", "ROWS"), 0, id="a cell that is not asked for"
        ),
        pytest.param(("--exit-non-zero-on-new", "--written"), 1, id="only written cells"),
    ],
)
def test_a_newly_written_cell_and_the_exit_status(
    changed: Path, args: tuple[str, ...], status: int
) -> None:
    assert run("--diff", "base.json", *args, "app").exit_code == status


def test_a_cell_that_is_gone_can_be_asked_for_by_its_name(changed: Path) -> None:
    result = run("--diff", "base.json", "--symbol", "rows.ROWS", "app")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].startswith("gone    app.rows.ROWS")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param(("--verdict", "runtme"), "did you mean 'runtime'?", id="verdict"),
        pytest.param(("--kind", "clas"), "did you mean 'class'?", id="kind"),
        pytest.param(("--symbol", "histroy"), "did you mean 'history'?", id="symbol"),
        pytest.param(("-f", "xml"), "'xml' is not one of 'text', 'json'", id="format"),
        pytest.param(
            ("--output", "sarif:x"),
            "--output sarif:x: the format is one of text, json, markdown, html",
            id="a format of check",
        ),
        pytest.param(("--output", "json:no/x"), "there is no folder no", id="folder"),
        pytest.param(
            ("--diff", "gone.json"), "--diff gone.json: cannot read it: No such file", id="no base"
        ),
        pytest.param(
            ("--diff", "app"), "--diff app: cannot read it: Is a directory", id="a folder"
        ),
        pytest.param(("--diff", "statelint.toml"), "not a ledger in JSON: JSON is mal", id="toml"),
        pytest.param(
            ("--diff", "other.json"),
            "not a ledger in JSON: Object missing required field `symbol` - at `$[0]`; "
            "write one with: statelint ledger --output json:FILE",
            id="other JSON",
        ),
        pytest.param(("--diff", "bytes.json"), "not a ledger in JSON: ", id="bytes"),
        pytest.param(
            ("--exit-non-zero-on-new",), "give the earlier ledger with --diff", id="alone"
        ),
        pytest.param(("gone",), "there is no file or folder 'gone'", id="path"),
    ],
)
def test_mistakes_are_one_line_and_status_2(
    project: Path, args: tuple[str, ...], message: str
) -> None:
    (project / "other.json").write_text('[{"code": "HMS101"}]')
    (project / "bytes.json").write_bytes(b'[{"symbol": "\xff"}]')

    result = run(*args)

    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.startswith("statelint: error: ")
    assert result.stderr.count("\n") == 1


def test_a_mistake_leaves_the_old_files(project: Path) -> None:
    (project / "old.json").write_text("old")

    assert run("--output", "json:old.json", "--diff", "gone.json", "app").exit_code == 2
    assert (project / "old.json").read_text() == "old"


def test_the_environment_of_check_does_not_concern_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATELINT_OUTPUT", "sarif:report.sarif")
    monkeypatch.setenv("STATELINT_OUTPUT_FORMAT", "sarif")

    assert run("app").exit_code == 0


def test_undecodable_names_survive_the_round_trip(project: Path) -> None:
    try:
        os.fsencode(project / "app" / "caf\udce9.py")
        (project / "app" / "caf\udce9.py").write_text("ODD = []\n")
    except (OSError, UnicodeError):
        pytest.skip("this file system takes no such name")
    run("--output", "json:base.json", "app")

    assert run("--diff", "base.json", "app").stdout == "Nothing has changed in 4 cells.\n"
