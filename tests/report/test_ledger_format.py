"""The ledger for people."""

from textwrap import dedent

import msgspec

from pystatelint.model.report import Report
from pystatelint.report import ledger_table


def test_cells_stand_in_columns(ledger: Report):
    assert ledger_table(ledger) == dedent(
        """\
        symbol                       kind    value     verdict    writes           where
        app.chat.ChatService._cache  class   dict      runtime    2 run, 1 import  app/chat.py:2
        app.表                       module  list      const      -                app/lib.py:10
        app.LIMIT                    module  constant  immutable  1 run            app/lib.py:11

        3 cells, 2 written at run time
        """
    )


def test_without_cells_only_the_count_is_left(clean: Report):
    assert ledger_table(clean) == "0 cells, 0 written at run time\n"


def test_a_cell_stays_on_its_line(ledger: Report):
    row = msgspec.structs.replace(ledger.ledger[0], symbol="a\nb\x1b[0m", path="c\rd")
    shown = ledger_table(Report(findings=(), ledger=(row,)))
    assert shown.splitlines()[1].startswith("a␊b␛[0m  class")
    assert shown.splitlines()[1].endswith("c␍d:2")
    assert shown.endswith("\n\n1 cell, 1 written at run time\n")
