"""What do objects keep that serve many calls, of what one call gives them?"""

import pytest

from .project import Files, project

MIDDLEWARE = """
class A:
    def __init__(self, get_response): self.get_response = get_response
    def __call__(self, request):
        {act}
        return self.get_response(request)
    def _note(self, {parameters}): self.x = {value}
"""


def kept(files: Files | str) -> list[str]:
    return [
        f"{each.owner.rpartition('.')[2]}.{each.name} in {each.method} from {each.handler}"
        for each in project(files).kept_arguments
    ]


def middleware(act: str, parameters: str = "value", value: str = "1") -> str:
    return MIDDLEWARE.format(act=act, parameters=parameters, value=value)


DIRECT = "A.x in m.A.__call__ from m.A.__call__"
HELPED = "A.x in m.A._note from m.A.__call__"

FLOWS = {
    "nothing": (middleware("pass"), []),
    "a constant": (middleware("self.x = 1"), []),
    "something of the object": (middleware("self.x = self.get_response"), []),
    "something of the module": (middleware("self.x = REQUEST"), []),
    "a local variable": (middleware("x = request"), []),
    "an attribute of the request": (middleware("request.x = self"), []),
    "an attribute of an attribute": (middleware("self.local.x = request"), []),
    "a helper that keeps something else": (middleware("self._note(request)"), []),
    "a helper whose other parameter is kept": (
        middleware("self._note(1, request)", "kept, other", "kept"),
        [],
    ),
    "the request": (middleware("self.x = request"), [DIRECT]),
    "a part of it": (middleware("self.x = request.META['HOST'].lower()"), [DIRECT]),
    "through a local variable": (middleware("y = request.user; self.x = [y]"), [DIRECT]),
    "by setattr": (middleware("setattr(self, 'x', request)"), [DIRECT]),
    "a helper keeps it": (middleware("self._note(request)", value="value.user"), [HELPED]),
    "a helper keeps it by keyword": (
        middleware("self._note(value=request)", value="value"),
        [HELPED],
    ),
    "a helper of a helper": (
        middleware("self._more(request)", value="value")
        + "    def _more(self, request): self._note(request)",
        [HELPED],
    ),
    "helpers that call each other": (
        middleware("self._note(request)", value="self._more(value)")
        + "    def _more(self, request): return self._note(request)",
        [HELPED],
    ),
}


@pytest.mark.parametrize(("source", "expected"), FLOWS.values(), ids=FLOWS.keys())
def test_what_flows_to_self(source: str, expected: list[str]) -> None:
    assert kept(source) == expected


ADMIN = """
from django.contrib import admin
class A(admin.ModelAdmin):
    def get_queryset(self, request): self.x = request
"""
TOOL = """
from langchain_core.tools import BaseTool
class A(BaseTool):
    def _run(self, query): self.x = query
"""
TASK = """
from celery import shared_task
@shared_task({options})
def f(self, y): self.x = y
"""
PASSED_ON = """
class B:
    def __call__(self, request): return A(request)
"""

LIVES = {
    "admin that nobody registers": (ADMIN, False),
    "admin that something else gets": (ADMIN + "register(A)", False),
    "registered admin": (ADMIN + "admin.site.register(Order, A)", True),
    "admin with the decorator": (ADMIN.replace("class", "@admin.register(O)\nclass"), True),
    "its subclass is registered": (
        ADMIN + "class B(A): pass\nadmin.site.register(Order, B)",
        True,
    ),
    "tool that nobody holds": (TOOL + "def f(): return A()", False),
    "tool that a module holds": (TOOL + "tool = A()", True),
    "task that does not get itself": (TASK.format(options=""), False),
    "task that gets itself": (TASK.format(options="bind=True"), True),
    "made in a call": (middleware("self.x = request") + PASSED_ON, False),
    "made at the top": (middleware("self.x = request") + "\na = A(None)", True),
    "of a test": ({"test_a.py": middleware("self.x = request")}, False),
}


@pytest.mark.parametrize(("files", "lasts"), LIVES.values(), ids=LIVES.keys())
def test_which_objects_last(files: Files | str, lasts: bool) -> None:
    assert bool(kept(files)) is lasts


def test_a_record_tells_who_calls_and_where() -> None:
    (found,) = project(middleware("self.x = request.user")).kept_arguments

    assert (found.path, found.span.line, found.role, found.model) == ("m.py", 5, "middleware", "T")
    assert found.entry.text == "this is m.A.__call__, which every request passes"
    assert found.made_by_framework
