"""A file cannot be read, decoded or parsed.

## What it finds

A file without read permission, in another encoding than it declares, with null bytes,
or that is not valid Python for the interpreter that runs statelint. Where the syntax is that
of a later Python, the message says of which. All other files are analysed as usual.

## Why it hurts

What such a file writes is out of sight. Silence about the cells it may write proves
nothing.

## When it is fine

Files that are no source code of the project belong into `extend-exclude`. A file that is
not meant to be parsed can say so itself, on a line of its own, wherever that stands:

```python
# statelint: file-ignore[HMS090] -- a template, no Python yet
import {{ package }}
```

## Example

```python
def broken(:  # expect: HMS090
    pass
```

## Use instead

```python
def mended() -> None:
    pass
```

## Options

- `extend-exclude`: files and folders that are left out.

## Fix

By hand: correct the file, or run statelint with an interpreter that knows its syntax.

## References

- [PEP 263](https://peps.python.org/pep-0263/): how a file declares its encoding
"""

from pystatelint.model.finding import Severity
from pystatelint.model.rule import Rule, Scope

RULE = Rule(
    code="HMS090",
    name="unanalysable-file",
    severity=Severity.ERROR,
    scope=Scope.MODULE,
    default=True,
    doc=__doc__,
)
