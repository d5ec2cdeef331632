"""Which functions does a framework call, and in what role?"""

import pytest

from pystatelint.link.callgraph import call_graph
from pystatelint.link.entries import entry_points, roles_of

from .project import world


def entries(source: str) -> dict[str, str]:
    """The framework and role of each function that one calls."""
    linked = world(source)
    found = entry_points(linked, call_graph(linked).foreign)
    return {
        linked.symbol(sid): " and ".join(f"{row.framework} {row.role}" for row in rows)
        for sid, rows in found.items()
    }


DJANGO = """
class Middleware:
    def __init__(self, get_response): self.get_response = get_response
    def __call__(self, request): return self.get_response(request)
    def process_view(self, request, view, args, kwargs): return None
    def helper(self, request): return None
"""

SHAPES = {
    "middleware of Django": (
        DJANGO,
        {
            "m.Middleware.__call__": "django middleware",
            "m.Middleware.process_view": "django middleware",
        },
    ),
    "constructor inherited": (
        (
            "class Base:\n    def __init__(self, get_response): pass\n"
            "class A(Base):\n    def __call__(self, request): pass"
        ),
        {"m.A.__call__": "django middleware"},
    ),
    "middleware of ASGI": (
        (
            "class A:\n    def __init__(self, app, limit): pass\n"
            "    async def __call__(self, scope, receive, send): pass"
        ),
        {"m.A.__call__": "asgi middleware"},
    ),
    "middleware of WSGI": (
        (
            "class A:\n    def __init__(self, app): pass\n"
            "    def __call__(self, environ, start_response): pass"
        ),
        {"m.A.__call__": "wsgi middleware"},
    ),
    "resource of Falcon": (
        "class A:\n    def on_get(self, req, resp, name): pass",
        {"m.A.on_get": "falcon request"},
    ),
    "response of ASGI, made per request": (
        (
            "class A:\n    def __init__(self, content): pass\n"
            "    async def __call__(self, scope, receive, send): pass"
        ),
        {},
    ),
    "wrapper of any callable": (
        "class A:\n    def __init__(self, app): pass\n    def __call__(self, *args): pass",
        {},
    ),
    "handler of another framework": ("class A:\n    def on_get(self, request): pass", {}),
    "plain function": ("def __call__(scope, receive, send): pass", {}),
}


@pytest.mark.parametrize(("source", "expected"), SHAPES.values(), ids=SHAPES.keys())
def test_a_framework_knows_some_classes_by_their_shape(
    source: str, expected: dict[str, str]
) -> None:
    assert entries(source) == expected


SPAWNED = """
import asyncio
async def f(x): pass
def g(x): pass
async def main():
    {act}
"""

HANDED_OVER = {
    "coroutine of a task": ("asyncio.create_task(f(1))", {"m.f": "stdlib task"}),
    "held by a name first": ("c = f(1); asyncio.create_task(c)", {"m.f": "stdlib task"}),
    "several": ("await asyncio.gather(f(1), f(2))", {"m.f": "stdlib task"}),
    "one for each": ("await asyncio.gather(*(f(x) for x in []))", {"m.f": "stdlib task"}),
    "in a list": ("await asyncio.wait([f(1)])", {"m.f": "stdlib task"}),
    "result of a plain function": ("asyncio.create_task(g(1))", {}),
    "awaited here": ("await f(1)", {}),
}


@pytest.mark.parametrize(("act", "expected"), HANDED_OVER.values(), ids=HANDED_OVER.keys())
def test_a_loop_runs_the_coroutines_that_it_is_given(act: str, expected: dict[str, str]) -> None:
    assert entries(SPAWNED.format(act=act)) == expected


def test_a_function_may_have_several_roles() -> None:
    source = """
    import threading
    from flask import Flask
    app = Flask(__name__)
    @app.route("/")
    def f(): pass
    threading.Thread(target=f)
    """
    linked = world(source)

    roles = roles_of(entry_points(linked, call_graph(linked).foreign))

    assert {linked.symbol(sid): sorted(names) for sid, names in roles.items()} == {
        "m.f": ["request", "task"]
    }
