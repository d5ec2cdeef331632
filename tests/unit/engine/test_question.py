"""Which cells a place or a name means."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pystatelint.api import explain
from pystatelint.errors import UsageError
from pystatelint.model.explanation import Explanation

Project = Callable[[Mapping[str, str]], Path]
Ask = Callable[[str], Explanation]

FILES = {
    "app/__init__.py": "",
    "app/chat.py": """\
        LIMITS = {"a": 1}


        class Chat:
            history = []
            roles = [
                "user",
            ]

            def send(self, text, seen=[]):
                self.history.append(text)
                seen.append(text); LIMITS[text] = 1


        def plain():
            return 1
        """,
    "app/mail.py": """\
        history, roles = [], {}
        """,
    "app/empty.py": "",
    "app/broken.py": "x = (\n",
    "left_out.py": "x = []\n",
}


@pytest.fixture
def ask(project: Project) -> Ask:
    """Return what asks about the project above."""
    folder = project(FILES)
    return lambda question: explain(question, ["app"], cwd=folder)


def symbols(told: Explanation) -> list[str]:
    return [cell.symbol for cell in told.cells]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("app.chat.Chat.history", ["app.chat.Chat.history"], id="whole name"),
        pytest.param("Chat.history", ["app.chat.Chat.history"], id="end of one name only"),
        pytest.param("chat.LIMITS", ["app.chat.LIMITS"], id="from the module on"),
        pytest.param("send(seen)", ["app.chat.Chat.send(seen)"], id="default"),
        pytest.param("app/chat.py:1", ["app.chat.LIMITS"], id="line of a binding"),
        pytest.param("./app/../app/chat.py:1", ["app.chat.LIMITS"], id="odd path"),
        pytest.param("app/chat.py:5:9", ["app.chat.Chat.history"], id="line and column"),
        pytest.param("app/chat.py:11", ["app.chat.Chat.history"], id="line of a write"),
        pytest.param("app/chat.py:10", ["app.chat.Chat.send(seen)"], id="parameter"),
        pytest.param(
            "app/chat.py:12",
            ["app.chat.Chat.send(seen)", "app.chat.LIMITS"],
            id="two writes on a line",
        ),
        pytest.param(
            "app/mail.py:1", ["app.mail.history", "app.mail.roles"], id="two cells of a line"
        ),
    ],
)
def test_what_is_meant(ask: Ask, question: str, expected: list[str]) -> None:
    told = ask(question)

    assert symbols(told) == expected
    assert told.note == ""


@pytest.mark.parametrize(
    ("line", "nearest", "expected"),
    [
        pytest.param(2, 1, ["app.chat.LIMITS"], id="below"),
        pytest.param(4, 5, ["app.chat.Chat.history"], id="above"),
        pytest.param(3, 1, ["app.chat.LIMITS"], id="as far from both: the upper"),
        pytest.param(7, 6, ["app.chat.Chat.roles"], id="inside of a value"),
        pytest.param(99, 12, ["app.chat.Chat.send(seen)", "app.chat.LIMITS"], id="beyond the end"),
    ],
)
def test_the_nearest_cell_is_named_as_such(
    ask: Ask, line: int, nearest: int, expected: list[str]
) -> None:
    told = ask(f"app/chat.py:{line}")

    assert symbols(told) == expected
    assert told.note == (
        f"no cell is bound or written on line {line} of app/chat.py; "
        f"this is the nearest, line {nearest}"
    )


@pytest.mark.parametrize(
    ("question", "message"),
    [
        pytest.param(
            "history",
            "2 cells end in 'history': app.chat.Chat.history, app.mail.history; name more of it",
            id="two of a name",
        ),
        pytest.param(
            "Chat.histroy",
            "there is no cell 'Chat.histroy'; did you mean 'app.chat.Chat.history'?",
            id="misspelt",
        ),
        pytest.param(
            "app.chat.LIMIT",
            "there is no cell 'app.chat.LIMIT'; did you mean 'app.chat.LIMITS'?",
            id="misspelt, with its module",
        ),
        pytest.param(
            "hist",
            "there is no cell 'hist'; did you mean 'app.mail.history'?",
            id="a part of a name is no end of it",
        ),
        pytest.param(
            "rol",
            "there is no cell 'rol'; did you mean 'app.mail.roles'?",
            id="the last part of a name counts for a name without dots",
        ),
        pytest.param(
            "app.history",
            "there is no cell 'app.history'; "
            "did you mean 'app.chat.Chat.history' or 'app.mail.history'?",
            id="parts left out",
        ),
        pytest.param("app:1", "app is a folder; name a file in it", id="a folder"),
        pytest.param(
            "zzz",
            "there is no cell 'zzz'; `statelint ledger` lists all of them",
            id="like nothing",
        ),
        pytest.param(
            "Chat",
            "there is no cell 'Chat': app.chat.Chat is a class; its cells: "
            "app.chat.Chat.history, app.chat.Chat.roles, app.chat.Chat.send(seen)",
            id="a class",
        ),
        pytest.param(
            "plain",
            "there is no cell 'plain': app.chat.plain is a function that keeps nothing",
            id="a function",
        ),
        pytest.param(
            "app.mail",
            "there is no cell 'app.mail': app.mail is a module; its cells: "
            "app.mail.history, app.mail.roles",
            id="a module",
        ),
        pytest.param(
            "app/chat.py",
            "there is no cell 'app/chat.py'; to ask for a line, write app/chat.py:LINE",
            id="a file without a line",
        ),
        pytest.param(
            "app/empty.py:1", "no cell is bound or written in app/empty.py", id="file without cells"
        ),
        pytest.param(
            "app/broken.py:1", "app/broken.py is not analysed: '(' was never closed", id="broken"
        ),
        pytest.param(
            "left_out.py:1",
            "left_out.py is not among the analysed files; is it excluded?",
            id="file outside of the paths",
        ),
    ],
)
def test_what_means_no_cell_is_told_in_one_line(ask: Ask, question: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        ask(question)

    assert re.sub(r"it is not valid Python [0-9.]+: ", "", str(caught.value)) == message


def test_not_all_of_many_candidates_are_named(project: Project) -> None:
    folder = project({f"m{number}.py": "STATE = []\n" for number in range(9)})

    with pytest.raises(UsageError, match=r"9 cells end in 'STATE': m0.STATE, .* and 4 more; name"):
        explain("STATE", ["."], cwd=folder)


def test_two_cells_of_one_name_are_both_meant(project: Project) -> None:
    source = "class A:\n    x = []\n\n\nclass A:\n    x = []\n"
    folder = project({"m.py": source})

    told = explain("m.A.x", ["."], cwd=folder)

    assert [(cell.symbol, cell.span.line) for cell in told.cells] == [("m.A.x", 2), ("m.A.x", 6)]


def test_an_attribute_of_an_instance_leads_to_the_cell_that_holds_it(project: Project) -> None:
    source = """\
        class Chat:
            def __init__(self):
                self.history = []


        def make():
            return Chat()
        """
    held = {"chat.py": source, "app.py": "from chat import Chat\n\nCHAT = Chat()\n"}

    told = explain("chat.py:3", ["."], cwd=project(held))

    assert symbols(told) == ["app.CHAT"]
    assert told.note == (
        "line 3 of chat.py binds an attribute of one chat.Chat, which is no cell; "
        "the instance is held by app.CHAT"
    )
