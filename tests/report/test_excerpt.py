"""Whatever stands in a line, its excerpt fits and shows where the span begins."""

from hypothesis import example, given
from hypothesis import strategies as st

from pystatelint.report.excerpt import NARROWEST, displayed, excerpt
from pystatelint.report.glyphs import visible, width, wrapped

LINES = st.text(st.sampled_from("ax=({' \t表🎉e\u0301\x1b\u202e"), max_size=200)
COLUMNS = st.integers(0, 220)


@given(line=LINES, start=COLUMNS, length=COLUMNS, room=st.integers(0, 120))
@example(line="\t" * 40 + "x", start=40, length=1, room=30)
@example(line="表" * 100, start=99, length=1, room=31)
def test_an_excerpt_fits_and_shows_the_span(line: str, start: int, length: int, room: int):
    shown = excerpt(line, start, start + length, room)
    assert width(shown.before + shown.span + shown.after) <= max(room, NARROWEST)
    first = "".join(displayed(line.rstrip())[start : start + 1])
    assert length == 0 or shown.span.startswith(first)


@given(line=LINES, start=COLUMNS, length=COLUMNS)
def test_an_excerpt_of_a_wide_terminal_is_the_line(line: str, start: int, length: int):
    shown = excerpt(line, start, start + length, 10_000)
    whole = "".join(displayed(line.rstrip()))
    assert shown.before + shown.span + shown.after == whole
    assert shown.span == "".join(displayed(line.rstrip())[start : start + length])


@given(st.text())
def test_visible_text_is_one_writable_line(text: str):
    shown = visible(text)
    assert len(shown.splitlines()) <= 1
    assert shown.encode("utf-8").decode("utf-8") == visible(shown) == shown


@given(st.text(st.sampled_from("ab 表")), st.integers(1, 40))
def test_wrapping_loses_no_word_and_only_long_words_stick_out(text: str, columns: int):
    lines = wrapped(text, columns)
    assert " ".join(lines).split() == text.split()
    assert all(width(line) <= columns or " " not in line for line in lines)
