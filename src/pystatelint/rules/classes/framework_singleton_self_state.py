"""An object that serves every call keeps on itself what one call gave it.

## What it finds

`self.x = ...` in a handler of an object that lives as long as the process, where the
value comes from what the handler was given: middleware, admin classes, managers and
template nodes of Django, tasks of Celery, resources of Falcon, gRPC servicers, cogs of
discord.py and the like; tools and callback handlers too, if a module holds the object.
The store may stand in a method that the handler calls. It is an error where calls run
side by side, a warning where they come one after the other or are events.

## Why it hurts

The framework makes one such object per process and sends every request through it. Two
requests at the same time overwrite each other's attribute between the store and the
read; and what the last one left is there when the next one begins.

## When it is fine

What the object learns when it is made, and classes of which the framework makes an
object per call: views of Django and Flask, endpoints of Starlette, inlines of an admin.

```python
# file: shop/middleware.py
class Limits:
    def __init__(self, get_response):
        self.get_response = get_response
        self.limit = 100

    def __call__(self, request):
        request.limit = self.limit
        return self.get_response(request)
```

## Example

```python
# file: shop/middleware.py
class CurrentUser:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        self.user = request.user  # expect: HMS109
        return self.get_response(request)

    def process_exception(self, request, exception):
        print("failed for", self.user)
```

## Use instead

Pass the value on, put it on the request, or use a `contextvars.ContextVar`:

```python
# file: shop/middleware.py
class CurrentUser:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        print("failed for", request.user)
```

## Options

None.

## Fix

By hand.

## References

- Django documentation, [thread-safety considerations](https://docs.djangoproject.com/en/stable/howto/custom-template-tags/#thread-safety-considerations)
- Celery documentation, [instantiation of tasks](https://docs.celeryq.dev/en/stable/userguide/tasks.html#instantiation)
- [CWE-488](https://cwe.mitre.org/data/definitions/488.html): data of one session exposed to another
"""

from collections.abc import Iterator

from pystatelint.config.schema import Config
from pystatelint.link.places import KeptArgument
from pystatelint.link.project import Project
from pystatelint.model.finding import Finding, Severity, Step, StepKind
from pystatelint.model.rule import Rule
from pystatelint.rules.evidence import Place, at_place

SIDE_BY_SIDE = ("L", "T")
"""Models in which one call begins before another has ended."""


def check(project: Project, options: Config) -> Iterator[Finding]:
    """Report each attribute of a lasting object that calls fill, once."""
    seen: set[tuple[str, str]] = set()
    for kept in project.kept_arguments:
        if (kept.owner, kept.name) not in seen:
            seen.add((kept.owner, kept.name))
            yield _finding(kept)


def _finding(kept: KeptArgument) -> Finding:
    step = Step(StepKind.WRITE, kept.path, kept.span, f"kept here on self, in {kept.method}")
    why = "the framework makes one object of it" if kept.made_by_framework else "a module holds it"
    return at_place(
        RULE,
        Place(kept.path, kept.span, f"{kept.owner}.{kept.name}"),
        message=(
            f"self.{kept.name} keeps what one call of {kept.handler} was given, but {why}, and "
            "that serves every call: the next one, or another under way, finds it there"
        ),
        remedy=f"keep `{kept.name}` in a local variable, on the request, or in a ContextVar",
        steps=(kept.entry, step),
        severity=_severity(kept),
    )


def _severity(kept: KeptArgument) -> Severity:
    mixed = kept.model in SIDE_BY_SIDE and kept.role not in ("event", "schedule")
    return Severity.ERROR if mixed else Severity.WARNING


RULE = Rule(
    code="HMS109",
    name="framework-singleton-self-state",
    severity=Severity.ERROR,
    default=True,
    doc=__doc__,
    check=check,
)
