"""Keys and values are found on their lines of a TOML text."""

import pytest

from pystatelint.config.lines import line_of_key, line_of_value

TEXT = """\
# [tool.statelint] is further down
[project]
select = "not ours"

[tool.statelint]  # ours
"select" = [
    "HMS101",
    'HMS102',  # select = "a trap"
]
extend_ignore = ["HMS3"]
inline = { deep = 1 }

[tool.statelint.stateless]
"app.services.*" = []
app.tools = ["session"]

[tool.other]
ignore = []
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        pytest.param("select", 6, id="quoted key of the right table"),
        pytest.param("extend-ignore", 10, id="other spelling"),
        pytest.param("inline/deep", 11, id="key of an inline table"),
        pytest.param("stateless", 13, id="table"),
        pytest.param("stateless/app.services.*", 14, id="key with dots"),
        pytest.param("stateless/app/tools", 15, id="dotted key"),
        pytest.param("ignore", 5, id="not written: the table it belongs to"),
    ],
)
def test_line_of_key(key: str, line: int) -> None:
    assert line_of_key(TEXT, ("tool", "statelint", *key.split("/"))) == line


def test_line_of_a_key_without_tables() -> None:
    assert line_of_key("strict = true\nroot = 1\n", ("root",)) == 2


@pytest.mark.parametrize(
    ("value", "line"),
    [
        pytest.param("HMS102", 8, id="its own line"),
        pytest.param("HMS3", 6, id="only in another key: the key's line"),
        pytest.param("HMS1", 6, id="only a part of other values: the key's line"),
    ],
)
def test_line_of_value(value: str, line: int) -> None:
    assert line_of_value(TEXT, ("tool", "statelint", "select"), value) == line
