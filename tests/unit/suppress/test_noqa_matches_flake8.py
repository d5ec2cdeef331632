"""Every spelling of noqa, in every kind of place, must silence what flake8 silences."""

import datetime
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from pystatelint.config.schema import Config
from pystatelint.model.finding import Confidence, Finding, Severity
from pystatelint.model.rule import Rule, Scope
from pystatelint.model.span import Span
from pystatelint.source.comments import comments_of
from pystatelint.suppress.apply import suppress

CODES = ("HMS101", "HMS102", "HMS201")
RULES = tuple(
    Rule(code=code, name=f"rule-{code}", severity=Severity.ERROR, scope=Scope.MODULE)
    for code in CODES
)

SPELLINGS = (
    "# noqa",
    "#noqa",
    "#  noqa",
    "## noqa",
    "# NoQA",
    "# noqa: HMS101",
    "# noqa:HMS101",
    "# noqa:  HMS101",
    "# noqa : HMS101",
    "# NOQA: HMS101",
    "# noqa: hms101",
    "# noqa: HMS1",
    "# noqa: HMS10",
    "# noqa: H1",
    "# noqa: HMS",
    "# noqa: HMS101,HMS201",
    "# noqa: HMS101, HMS201",
    "# noqa: HMS101 HMS201",
    "# noqa: HMS101 ,HMS201",
    "# noqa: HMS101;HMS201",
    "# noqa: HMS101HMS201",
    "# noqa: HMS101 because of the queue",
    "# noqa: HMS101 -- see HMS201",
    "# noqa: HMS101 - reason",
    "# noqa: HMS101:because",
    "# noqa: E501",
    "# noqa: E501, HMS201",
    "# noqa: E501 # noqa: HMS101",
    "# noqa # noqa: HMS101",
    "# noqa:",
    "# noqa: some words",
    "# noqa: ,HMS101",
    "# noqa:\tHMS101",
    "# noqa=HMS101",
    "# noqax",
    "# type: ignore # noqa: HMS201",
    "# see noqa: HMS101",
    "# flake8 noqa",
    "# statelint: noqa",
)

PLACES = (
    "one = 1  {}\ntwo = 2\n",
    "{}\none = 1\n",
    "one = [  {}\n    1,\n]\n",
    "one = [\n    1,  {}\n    2,\n]\n",
    "one = [\n    1,\n]  {}\n",
    'one = """\ntext\n"""  {}\ntwo = 2\n',
    'one = """\n{}\n"""\ntwo = 2\n',
    'one = f("""\na\n""",  {}\n    2)\n',
    "one = 1 + \\\n    2  {}\ntwo = 2\n",
    "def one():  {}\n    return 1\n",
    "def one():\n    return 1  {}\n",
    "if one:\n    two = 2\n    {}\nthree = 3\n",
    "one = '{}'\n",
    "@one\ndef two(\n    three,  {}\n): pass\n",
    "one = 1  {}",
    "\n\none = 1\n\n{}\n\n",
)

WHOLE_FILES = (
    "# flake8: noqa\none = 1\n",
    "one = 1\n    # flake8: noqa\n",
    "one = 1  # flake8: noqa\n",
    "# flake8: noqa: HMS101\none = 1\n",
    "# flake8:noqa\none = 1\n",
    "# flake8=noqa\none = 1\n",
    "#flake8: noqa\none = 1\n",
    "# FLAKE8: NOQA\none = 1\n",
    '"""\n# flake8: noqa\n"""\none = 1\n',
    "# flake8: noqa because\none = 1\n",
    "#: flake8: noqa\none = 1\n",
)

PLUGIN = f"""
class Plugin:
    name = "every-line"
    version = "1"

    def __init__(self, tree, lines):
        self.lines = lines

    def run(self):
        for number in range(1, len(self.lines) + 1):
            for code in {CODES!r}:
                yield number, 0, code + " here", type(self)
"""

SETTINGS = """
[flake8]
[flake8:local-plugins]
extension =
    HMS = every_line:Plugin
paths = .
"""


def _texts() -> Iterator[str]:
    yield from (place.format(spelling) for place, spelling in product(PLACES, SPELLINGS))
    yield from WHOLE_FILES


@pytest.fixture(scope="module")
def left_by_flake8(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[int, str]]]:
    folder = tmp_path_factory.mktemp("flake8")
    (folder / "every_line.py").write_text(PLUGIN)
    (folder / "settings.cfg").write_text(SETTINGS)
    names = {f"case_{number}.py": text for number, text in enumerate(_texts())}
    for name, text in names.items():
        (folder / name).write_text(text)
    command = [sys.executable, "-m", "flake8", "--config=settings.cfg", "--select=HMS1,HMS2", "-j1"]
    done = subprocess.run(
        [*command, *names], cwd=folder, capture_output=True, text=True, check=False
    )
    assert not done.stderr
    left: dict[str, set[tuple[int, str]]] = {text: set() for text in names.values()}
    for name, line, code in re.findall(r"^(\S+?):(\d+):\d+: (\w+)", done.stdout, re.MULTILINE):
        left[names[name]].add((int(line), code))
    return left


def _left_by_us(text: str) -> set[tuple[int, str]]:
    count = len(text.splitlines())
    findings = tuple(_finding(line, code) for line in range(1, count + 1) for code in CODES)
    today = datetime.date(2026, 1, 1)
    result = suppress(
        findings, {"a.py": comments_of(text)}, RULES, Config(), Path("/project"), today
    )
    return {(finding.span.line, finding.code) for finding in result.kept}


def _finding(line: int, code: str) -> Finding:
    return Finding(
        code=code,
        name=f"rule-{code}",
        message="here",
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        path="a.py",
        span=Span(line, 0, line, 1),
        symbol="",
    )


@pytest.mark.parametrize("text", list(_texts()))
def test_silences_what_flake8_silences(
    text: str, left_by_flake8: dict[str, set[tuple[int, str]]]
) -> None:
    assert _left_by_us(text) == left_by_flake8[text]


def test_flake8_really_ran(left_by_flake8: dict[str, set[tuple[int, str]]]) -> None:
    outcomes = {frozenset(left) for left in left_by_flake8.values()}
    assert frozenset() in outcomes
    assert frozenset({(2, code) for code in CODES}) in outcomes
    assert {(1, "HMS102"), (1, "HMS201"), *((2, code) for code in CODES)} in outcomes
