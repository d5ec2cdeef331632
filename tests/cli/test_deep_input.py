"""Code that is nested or long beyond reason is analysed, or is one HMS090."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from pystatelint.cli.group import cli

GOOD = "log = []\n\n\ndef note(text):\n    log.append(text)\n"
DEEP = 1_000
SHARED = "s = []\n"


def nested_blocks(line: str, depth: int) -> str:
    """Return blocks in blocks, as deep as CPython allows: 100 indents, 20 loops."""
    opened = "".join(" " * level + line.format(level) + "\n" for level in range(depth))
    return opened + " " * depth + "s.append(1)\n"


def chain(first: str, link: str, last: str, length: int = DEEP) -> str:
    """Return definitions that each lean on the one before."""
    rows = [first, *(link.format(n, n - 1) for n in range(1, length)), last.format(length - 1)]
    return "\n".join(rows) + "\n"


ANALYSED = [
    pytest.param("x = a" + ".b" * DEEP, id="attributes"),
    pytest.param("x = a" + "()" * DEEP, id="calls of calls"),
    pytest.param("x = a" + ".b()" * DEEP, id="method calls"),
    pytest.param("x = a" + "[0]" * DEEP, id="subscripts"),
    pytest.param("x = 1" + " + 1" * DEEP, id="sum"),
    pytest.param("x = s" + " + s" * DEEP + "\nx.append(1)", id="sum of lists"),
    pytest.param("x = 'a'" + " 'a'" * (10 * DEEP), id="strings side by side"),
    pytest.param("x = " + "not " * DEEP + "1", id="not"),
    pytest.param("x = " + "-" * DEEP + "1", id="signs"),
    pytest.param("x = " + "2 ** " * DEEP + "1", id="powers"),
    pytest.param("x = " + "lambda: " * DEEP + "s", id="lambdas"),
    pytest.param("x = " + "1 if s else " * DEEP + "1", id="conditions"),
    pytest.param("x = 1" + " and s" * DEEP, id="and"),
    pytest.param("x = 1" + " < s" * DEEP, id="comparisons"),
    pytest.param("x = " + "(" * 150 + "1" + ")" * 150, id="parentheses"),
    pytest.param("x = " + "[" * 90 + "]" * 90, id="lists"),
    pytest.param("x = " + "{1: " * 90 + "1" + "}" * 90, id="dicts"),
    pytest.param("x = " + "f(" * 90 + ")" * 90, id="arguments"),
    pytest.param("def f(x):\n if x: pass\n" + " elif x: s\n" * DEEP, id="elif"),
    pytest.param("".join(f"x{n} = " for n in range(DEEP)) + "[]", id="targets"),
    pytest.param("def f(" + ", ".join(f"a{n}=[]" for n in range(DEEP)) + "): pass", id="defaults"),
    pytest.param(nested_blocks("def f{}():", 95), id="functions"),
    pytest.param(nested_blocks("class C{}:", 95), id="classes"),
    pytest.param(nested_blocks("if x:", 95), id="ifs"),
    pytest.param(nested_blocks("with x:", 19), id="withs"),
    pytest.param(nested_blocks("for x in y:", 19), id="loops"),
    pytest.param("from a import *\n" * DEEP, id="star imports"),
    pytest.param("x = x\ny = z\nz = y\nclass A(A): pass\nclass B(C): pass\nclass C(B): pass\n"
                 "def f(): return f()\nf().append(1)\nB.a.append(y)", id="circles"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one file that has a finding, as working directory."""
    (tmp_path / "good.py").write_text(GOOD)
    (tmp_path / "statelint.toml").write_text("root = true\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(folder: Path, source: str) -> dict[str, set[str]]:
    """Return the codes of each file beside a file of this source."""
    (folder / "deep.py").write_text(source)
    result = CliRunner().invoke(cli, ["-f", "json", "."])
    assert (result.exit_code, result.stderr) == (1, "")
    found = [(each["path"], each["code"]) for each in json.loads(result.stdout)]
    return {path: {code for each, code in found if each == path} for path, _ in found}


@pytest.mark.parametrize("source", ANALYSED)
def test_deep_code_is_analysed_to_its_end(folder: Path, source: str) -> None:
    # The write at its end is seen only by who got so far.
    found = codes(folder, f"{SHARED}{source}\n\ndef last():\n    s.append(1)\n")
    assert "HMS201" in found.pop("deep.py")
    assert found == {"good.py": {"HMS201"}}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = " + "(" * DEEP + ")" * DEEP, id="parentheses"),
        pytest.param("x = " + "[" * DEEP + "]" * DEEP, id="lists"),
        pytest.param("x = " + "{1: " * DEEP + "1" + "}" * DEEP, id="dicts"),
        pytest.param("x = " + "f(" * DEEP + ")" * DEEP, id="arguments"),
        pytest.param(nested_blocks("if x:", DEEP), id="ifs"),
        pytest.param("x = " + "-" * (100 * DEEP) + "1", id="signs"),
        pytest.param("x = " + "2 ** " * (20 * DEEP) + "1", id="powers"),
        pytest.param("x = a" + "()" * (100 * DEEP), id="calls of calls"),
        pytest.param("x = a" + ".b()" * (100 * DEEP), id="method calls"),
    ],
)
def test_what_the_parser_of_python_refuses_is_one_finding(folder: Path, source: str) -> None:
    assert codes(folder, source) == {"deep.py": {"HMS090"}, "good.py": {"HMS201"}}


@pytest.mark.parametrize(
    "source",
    [
        pytest.param("x = 1" + " + 1" * (3 * DEEP), id="sum"),
        pytest.param("x = a" + ".b" * (5 * DEEP), id="attributes"),
        pytest.param("def f(x):\n if x: pass\n" + " elif x: s\n" * (5 * DEEP), id="elif"),
    ],
)
def test_where_versions_of_python_differ_it_is_one_or_the_other(folder: Path, source: str) -> None:
    found = codes(folder, f"{SHARED}{source}\n\ndef last():\n    s.append(1)\n")
    assert found.pop("deep.py") & {"HMS090", "HMS201"}
    assert found == {"good.py": {"HMS201"}}


LINKS: list[tuple[str, Callable[[int], str]]] = [
    ("aliases", lambda n: chain("v0 = []", "v{} = v{}", "def f():\n    v{}.append(1)", n)),
    ("returns", lambda n: chain("def f0():\n    return log", "def f{}():\n    return f{}()",
                                "log = []\ndef g():\n    f{}().append(1)", n)),
    ("arguments", lambda n: chain("def f0(x):\n    x.append(1)", "def f{}(x):\n    f{}(x)",
                                  "log = []\ndef g():\n    f{}(log)", n)),
]  # fmt: skip


@pytest.mark.parametrize(("_name", "links"), LINKS, ids=[name for name, _ in LINKS])
def test_chains_that_are_too_long_cost_only_their_own_findings(
    folder: Path, _name: str, links: Callable[[int], str]
) -> None:
    found = codes(folder, links(4 * DEEP))
    assert found["good.py"] == {"HMS201"}
    assert "HMS090" not in found.get("deep.py", ())


@pytest.mark.parametrize(("_name", "links"), LINKS[:2], ids=[name for name, _ in LINKS[:2]])
def test_chains_of_some_length_are_followed_to_their_end(
    folder: Path, _name: str, links: Callable[[int], str]
) -> None:
    assert codes(folder, links(200))["deep.py"]


def test_long_line_of_ancestors_is_followed(folder: Path) -> None:
    source = chain("class C0:\n    log = []", "class C{}(C{}): pass",
                   "def f():\n    C{}().log.append(1)", 500)  # fmt: skip
    assert codes(folder, source)["deep.py"] == {"HMS101"}


def test_fifty_thousand_lines_are_analysed(folder: Path) -> None:
    rows = [f"V{number} = {number}, [{number}]" for number in range(50_000)]
    source = "\n".join((*rows, "log = []", "def f():", "    log.append(V1)", ""))
    assert codes(folder, source)["deep.py"] == {"HMS201"}


def test_recursion_limit_is_put_back(folder: Path) -> None:
    before = sys.getrecursionlimit()
    codes(folder, "x = a" + ".b" * DEEP)
    assert sys.getrecursionlimit() == before
