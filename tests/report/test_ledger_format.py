"""The ledger and what has changed in it, for people: on a terminal, in Markdown, as a page."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from textwrap import dedent

import msgspec
import pytest

from pystatelint.model.ledger_diff import LedgerDiff
from pystatelint.model.report import LedgerRow, Report
from pystatelint.report import render_ledger, render_ledger_diff
from pystatelint.report.meaning import MEANINGS

HOSTILE = "</td></tr><script>alert(1)</script>&\"'<!-- "
VOID = {"meta", "input"}


def test_cells_stand_in_columns(ledger: Report):
    assert render_ledger(ledger.ledger, "text") == dedent(
        """\
        symbol                       kind    value     verdict    writes                    where
        app.chat.ChatService._cache  class   dict      runtime    2 run, 1 import, 1 other  app/chat.py:2
        app.表                       module  list      const      -                         app/lib.py:10
        app.LIMIT                    module  constant  immutable  1 run                     app/lib.py:11

        3 cells, 2 written at run time
        """  # noqa: E501 - a table is as wide as it is
    )


@pytest.mark.parametrize("output_format", ["text", "markdown"])
def test_without_cells_only_the_count_is_left(output_format: str):
    assert render_ledger((), output_format) == "0 cells, 0 written at run time\n"


def test_a_cell_stays_on_its_line(ledger: Report):
    row = msgspec.structs.replace(ledger.ledger[0], symbol="a\nb\x1b[0m", path="c\rd")
    shown = render_ledger((row,), "text")
    assert shown.splitlines()[1].startswith("a␊b␛[0m  class")
    assert shown.splitlines()[1].endswith("c␍d:2")
    assert shown.endswith("\n\n1 cell, 1 written at run time\n")


def test_markdown_is_a_table_of_code_and_words(ledger: Report):
    assert render_ledger(ledger.ledger, "markdown") == dedent(
        """\
        3 cells, 2 written at run time

        | symbol | kind | value | verdict | writes | where |
        | --- | --- | --- | --- | --- | --- |
        | `app.chat.ChatService._cache` | class | `dict` | runtime | 2 run, 1 import, 1 other | `app/chat.py:2` |
        | `app.表` | module | `list` | const | - | `app/lib.py:10` |
        | `app.LIMIT` | module | `constant` | immutable | 1 run | `app/lib.py:11` |
        """  # noqa: E501 - a table is as wide as it is
    )


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("a|b", "`a\\|b`", id="bar"),
        pytest.param("a`b", "`` a`b ``", id="backtick"),
        pytest.param("``", "``` `` ```", id="two backticks"),
        pytest.param("a\nb", "`a␊b`", id="line end"),
        pytest.param("<b>*_[x](y)", "`<b>*_[x](y)`", id="markup"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_markdown_takes_names_literally(ledger: Report, name: str, shown: str):
    row = msgspec.structs.replace(ledger.ledger[0], value=name)
    line = render_ledger((row,), "markdown").splitlines()[-1]
    assert f" | class | {shown} | runtime | " in line


class Page(HTMLParser):
    """What is in a page: its elements, its rows, and whether elements are closed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.classes: list[list[str | None]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
            self.classes.append([])
        if tag in ("td", "th"):
            self.rows[-1].append("")
            self.classes[-1].append(dict(attrs).get("class"))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if {"td", "th"} & set(self.open):
            self.rows[-1][-1] += data


def test_the_page_holds_the_table(ledger: Report):
    page = Page(render_ledger(ledger.ledger, "html"))

    assert page.open == []
    assert page.rows == [
        ["symbol", "kind", "value", "verdict", "writes", "where"],
        [
            "app.chat.ChatService._cache",
            "class",
            "dict",
            "runtime",
            "2 run, 1 import, 1 other",
            "app/chat.py:2",
        ],
        ["app.表", "module", "list", "const", "-", "app/lib.py:10"],
        ["app.LIMIT", "module", "constant", "immutable", "1 run", "app/lib.py:11"],
    ]
    assert [row[3] for row in page.classes] == [None, "bad", "good", "good"]


def test_the_page_explains_every_verdict_and_can_be_filtered_and_sorted(ledger: Report):
    text = render_ledger(ledger.ledger, "html")
    tags = [tag for tag, _ in Page(text).elements]

    assert all(f"<dt>{verdict}</dt>" in text for verdict in MEANINGS)
    assert (tags.count("input"), tags.count("output"), tags.count("button")) == (1, 1, 6)
    assert "prefers-color-scheme: dark" in text


def test_the_page_needs_nothing_from_elsewhere(ledger: Report):
    text = render_ledger(ledger.ledger, "html")
    page = Page(text)

    policies = [each.get("content") for tag, each in page.elements if tag == "meta"]
    assert "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'" in policies
    assert not [(tag, each) for tag, each in page.elements if {"src", "href", "action"} & set(each)]
    assert "url(" not in text
    assert "//" not in text
    assert "@import" not in text


def odd(row: LedgerRow) -> Iterator[LedgerRow]:
    for field in ("symbol", "kind", "path", "value", "verdict"):
        yield msgspec.structs.replace(row, **{field: HOSTILE})


def test_no_text_gets_out_of_its_place(ledger: Report):
    plain, *rows = (ledger.ledger[0], *odd(ledger.ledger[0]))
    quiet = Page(render_ledger((plain,) * 5, "html"))
    loud = Page(render_ledger(rows, "html"))

    assert [tag for tag, _ in loud.elements] == [tag for tag, _ in quiet.elements]
    assert loud.rows[1][0] == HOSTILE
    assert loud.rows[3][5] == f"{HOSTILE}:2"
    assert [row[3] for row in loud.classes[1:]] == ["bad"] * 4 + [None]


@pytest.mark.parametrize("output_format", ["text", "markdown", "html"])
def test_nothing_steers_the_reader(ledger: Report, output_format: str):
    row = msgspec.structs.replace(ledger.ledger[0], symbol="a\u202eb\x1b[0m\udce9")
    shown = render_ledger((row,), output_format)

    assert "a<U+202E>b␛[0m<U+DCE9>" in shown.replace("&lt;", "<").replace("&gt;", ">")
    shown.encode("utf-8")


def test_equal_ledgers_give_equal_pages(ledger: Report):
    assert render_ledger(ledger.ledger, "html") == render_ledger(ledger.ledger, "html")


def test_changes_stand_in_columns(diff: LedgerDiff):
    assert render_ledger_diff(diff, "text") == dedent(
        """\
        change             symbol                       kind    value     verdict              writes                                where
        new, written       app.LIMIT                    module  constant  immutable            1 run                                 app/lib.py:11
        newly written      app.chat.ChatService._cache  class   dict      registry -> runtime  1 import -> 2 run, 1 import, 1 other  app/chat.py:2
        new                app.表                       module  list      const                -                                     app/lib.py:10
        other verdict      app.表                       module  list      const-veto -> const  -                                     app/lib.py:10
        no longer written  app.表                       module  list      runtime -> const     1 run -> -                            app/lib.py:10
        gone               app.OLD                      module  list      const                -                                     app/lib.py:10

        2 new cells, 1 of them written at run time; 1 newly written, 1 no longer; 1 with another verdict; 1 gone
        """  # noqa: E501 - a table is as wide as it is
    )


def test_changes_in_markdown_and_as_a_page(diff: LedgerDiff):
    markdown = render_ledger_diff(diff, "markdown")
    page = Page(render_ledger_diff(diff, "html"))

    assert "| newly written | `app.chat.ChatService._cache` | class | `dict` |" in markdown
    assert "registry -> runtime | 1 import -> 2 run, 1 import, 1 other |" in markdown
    assert [row[0] for row in page.rows] == [
        "change",
        "new, written",
        "newly written",
        "new",
        "other verdict",
        "no longer written",
        "gone",
    ]
    assert page.classes[2][4] == "bad"


@pytest.mark.parametrize("output_format", ["text", "markdown"])
def test_no_change_is_one_sentence(output_format: str):
    shown = render_ledger_diff(LedgerDiff(cells=9), output_format)
    assert shown == "Nothing has changed in 9 cells.\n"


def test_no_change_is_a_page_of_one_sentence():
    text = render_ledger_diff(LedgerDiff(cells=9), "html")
    assert re.search(r"<p>Nothing has changed in 9 cells\.</p>", text)
    assert len(Page(text).rows) == 1
