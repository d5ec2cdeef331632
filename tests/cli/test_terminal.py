"""Colour, width and the progress bar."""

import io
from collections.abc import Iterator

import pytest

from pystatelint.cli.progress import bar, shown_progress
from pystatelint.cli.terminal import terminal_width, wants_color


@pytest.mark.parametrize(
    ("choice", "environ", "is_terminal", "expected"),
    [
        pytest.param("auto", {}, True, True, id="terminal"),
        pytest.param("auto", {}, False, False, id="file"),
        pytest.param("auto", {"NO_COLOR": "1"}, True, False, id="NO_COLOR"),
        pytest.param("auto", {"NO_COLOR": ""}, True, True, id="empty NO_COLOR says nothing"),
        pytest.param("auto", {"FORCE_COLOR": "1"}, False, True, id="FORCE_COLOR"),
        pytest.param("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False, id="both: none"),
        pytest.param("auto", {"TERM": "dumb"}, True, False, id="dumb terminal"),
        pytest.param(
            "always", {"NO_COLOR": "1"}, False, True, id="the option beats the environment"
        ),
        pytest.param("never", {"FORCE_COLOR": "1"}, True, False, id="and the other way"),
    ],
)
def test_wants_color(
    choice: str, environ: dict[str, str], *, is_terminal: bool, expected: bool
) -> None:
    assert wants_color(choice, environ, is_terminal=is_terminal) is expected


def test_width_of_a_file_never_depends_on_the_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "57")
    assert terminal_width(is_terminal=True) == 57
    assert terminal_width(is_terminal=False) == 100


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def seconds(*times: float) -> Iterator[float]:
    yield from times


def drawn(stream: io.StringIO, times: tuple[float, ...], *, quiet: bool = False) -> str:
    clock = seconds(*times)
    with shown_progress(stream, quiet=quiet, clock=lambda: next(clock)) as progress:
        if progress:
            progress(1, 4)
            progress(2, 4)
    return stream.getvalue()


def test_short_run_shows_nothing() -> None:
    assert drawn(Terminal(), (0.0, 0.1, 0.4, 0.5)) == ""


def test_long_run_shows_the_bar_and_erases_it() -> None:
    erase = "\r\x1b[K"
    assert drawn(Terminal(), (0.0, 0.4, 0.6, 0.7)) == f"{erase}{bar(2, 4)}{erase}"


def test_no_terminal_no_bar() -> None:
    assert drawn(io.StringIO(), (0.0, 9.0, 9.0, 9.0)) == ""


def test_quiet_means_no_bar() -> None:
    assert drawn(Terminal(), (0.0, 9.0, 9.0, 9.0), quiet=True) == ""


def test_bar_is_erased_when_the_run_fails() -> None:
    stream = Terminal()
    clock = seconds(0.0, 1.0, 1.0)

    def fail() -> None:
        with shown_progress(stream, quiet=False, clock=lambda: next(clock)) as progress:
            assert progress is not None
            progress(1, 2)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("done", "total", "expected"),
    [
        pytest.param(0, 4, "[..............................] 0/4 files", id="none"),
        pytest.param(2, 4, "[###############...............] 2/4 files", id="half"),
        pytest.param(4, 4, "[##############################] 4/4 files", id="all"),
        pytest.param(0, 0, "[..............................] 0/0 files", id="nothing to do"),
    ],
)
def test_bar(done: int, total: int, expected: str) -> None:
    assert bar(done, total) == expected
