"""`statelint explain` from the arguments to the exit status."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pystatelint.cli.group import cli

CHAT = """\
class Chat:
    history = []
    roles = ["user"]

    def send(self, text):
        self.history.append(text)
"""


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose writer stands in another file, as working directory."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("")
    (tmp_path / "app" / "chat.py").write_text(CHAT)
    (tmp_path / "app" / "main.py").write_text(
        "from app.chat import Chat\n\n\ndef drop_roles(chat: Chat):\n    chat.roles.clear()\n"
    )
    (tmp_path / "statelint.toml").write_text("root = true\n")
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("STATELINT_")]:
        monkeypatch.delenv(name)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ("explain", *args))


def first(result: Result) -> str:
    return result.stdout.partition("\n")[0]


@pytest.mark.parametrize(
    ("args", "symbol"),
    [
        pytest.param(("app/chat.py:2",), "app.chat.Chat.history", id="a line"),
        pytest.param(("history",), "app.chat.Chat.history", id="a name: the working directory"),
        pytest.param(("history", "app/chat.py"), "app.chat.Chat.history", id="a name and a path"),
        pytest.param(("app/chat.py:3", "app"), "app.chat.Chat.roles", id="a line and a path"),
    ],
)
def test_explains_what_is_meant(args: tuple[str, ...], symbol: str) -> None:
    result = run(*args)

    assert (result.exit_code, result.stderr) == (0, "")
    assert first(result) == symbol
    assert "HMS101 reported as error with high confidence (app/chat.py:" in result.stdout


def test_the_project_around_a_file_is_read() -> None:
    result = run("app/chat.py:3")

    assert "run: app.main.drop_roles, method through instance (app/main.py:5)" in result.stdout
    assert "| chat.roles.clear()" in result.stdout


def test_options_of_check_hold() -> None:
    ignored = run("--ignore", "HMS101", "history").stdout
    strict = run("--strict", "history").stdout

    assert "HMS101 found, yet not printed: ignore names it" in ignored
    assert "HMS190 reported as error" in strict


def test_as_json() -> None:
    result = run("-f", "json", "app/chat.py:99")
    answer = json.loads(result.stdout)

    assert result.exit_code == 0
    assert answer["note"].startswith("no cell is bound or written on line 99 of app/chat.py")
    assert [cell["symbol"] for cell in answer["cells"]] == ["app.chat.Chat.history"]


def test_colour_on_demand() -> None:
    assert "\x1b[" in run("--color", "always", "history").stdout
    assert "\x1b[" not in run("history").stdout


@pytest.mark.parametrize(
    ("args", "message"),
    [
        pytest.param((), "Missing argument 'PATH:LINE|SYMBOL'", id="no question"),
        pytest.param(
            ("histroy",),
            "there is no cell 'histroy'; did you mean 'app.chat.Chat.history'?",
            id="misspelt",
        ),
        pytest.param(
            ("app/chta.py:2",),
            "there is no file or folder 'app/chta.py'; did you mean 'app/chat.py'?",
            id="misspelt file",
        ),
        pytest.param(("history", "gone"), "there is no file or folder 'gone'", id="no such path"),
        pytest.param(
            ("hms101",), "HMS101 is a rule, not a cell: see statelint rule HMS101", id="a code"
        ),
        pytest.param(("stale-from-import",), "HMS208 is a rule, not a cell", id="a rule's name"),
        pytest.param(("app:1",), "app is a folder; name a file in it", id="a folder"),
        pytest.param(("history", "-"), "explain reads files only", id="standard input"),
        pytest.param(("-f", "xml", "history"), "'xml' is not one of", id="format"),
        pytest.param(("--select", "HMS1O1", "history"), "there is no rule 'HMS1O1'", id="rule"),
    ],
)
def test_mistakes_are_one_line_and_status_2(args: tuple[str, ...], message: str) -> None:
    result = run(*args)

    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr
    assert result.stderr.startswith("statelint: error: ")
    assert result.stderr.count("\n") == 1


def test_a_rule_that_fails_is_told_and_the_rest_is_printed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(*_: object) -> object:
        raise RuntimeError("no")

    monkeypatch.setattr("pystatelint.rules.modules.stale_from_import._by_cell", broken)

    result = run("history")

    assert result.exit_code == 2
    assert result.stderr.startswith("statelint: error: HMS208 (stale-from-import) failed on ")
    assert "HMS101 reported" in result.stdout
