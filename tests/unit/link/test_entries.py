"""Which functions does a framework call, and in what role?"""

import pytest

from pystatelint.link.build import new_world
from pystatelint.link.callgraph import call_graph
from pystatelint.link.entries import entry_points, roles_of
from pystatelint.link.given import callers_of
from pystatelint.link.knowledge import with_entries
from pystatelint.models.functions import Entry

from .project import KNOWLEDGE, Files, modules, world


def entries(source: Files | str) -> dict[str, str]:
    """The framework and role of each function that one calls."""
    linked = world(source)
    graph = call_graph(linked)
    found = entry_points(linked, graph.foreign, callers_of(linked, graph))
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


STANDING = {
    "command of a group": (
        "import click\n@click.group()\ndef cli(): pass\n@cli.command()\ndef work(): pass",
        {"m.cli": "click script", "m.work": "click script"},
    ),
    "command of a group in a group": (
        (
            "import click\n@click.group\ndef cli(): pass\n@cli.group('db')\ndef db(): pass\n"
            "@db.command\n@click.option('--dry')\ndef migrate(dry): pass"
        ),
        {"m.cli": "click script", "m.db": "click script", "m.migrate": "click script"},
    ),
    "loop of a bot": (
        (
            "from discord.ext import tasks\n@tasks.loop(seconds=5)\nasync def tick(): pass\n"
            "@tick.before_loop\nasync def ready(): pass"
        ),
        {"m.tick": "discord schedule", "m.ready": "discord event"},
    ),
    "attribute of a plain function": (
        "def cli(): pass\n@cli.command()\ndef work(): pass",
        {},
    ),
}


@pytest.mark.parametrize(("source", "expected"), STANDING.values(), ids=STANDING.keys())
def test_a_decorated_name_stands_for_what_the_decorator_makes(
    source: str, expected: dict[str, str]
) -> None:
    assert entries(source) == expected


BY_CALL = {
    "decorator made by a call": (
        "import typer\napp = typer.Typer()\ndef work(): pass\napp.command('work')(work)",
        {"m.work": "typer script"},
    ),
    "route": (
        (
            "from fastapi import APIRouter\nrouter = APIRouter()\ndef read(): pass\n"
            "router.get('/')(read)"
        ),
        {"m.read": "fastapi request"},
    ),
    "decorator itself": (
        "from celery import shared_task\ndef work(): pass\ntask = shared_task(work)",
        {"m.work": "celery task"},
    ),
    "signal": (
        (
            "from django.dispatch import Signal\ndone = Signal()\ndef on_done(): pass\n"
            "done.connect(on_done)"
        ),
        {"m.on_done": "django event"},
    ),
    "job of a scheduler": (
        (
            "from apscheduler.schedulers.background import BackgroundScheduler\n"
            "sched = BackgroundScheduler()\ndef work(): pass\nsched.add_job(work, 'cron')"
        ),
        {"m.work": "apscheduler schedule"},
    ),
    "command of a parser": (
        (
            "import argparse\ndef work(args): pass\n"
            "argparse.ArgumentParser().set_defaults(func=work)"
        ),
        {"m.work": "stdlib script"},
    ),
    "call of what is unknown": ("import lib\ndef work(): pass\nlib.make('x')(work)", {}),
}


@pytest.mark.parametrize(("source", "expected"), BY_CALL.values(), ids=BY_CALL.keys())
def test_a_decorator_may_be_called(source: str, expected: dict[str, str]) -> None:
    assert entries(source) == expected


HOOK = "def setup(app):\n    @app.{decorator}\n    def hook(): pass\n"
STRANGERS = {
    "start-up": (
        HOOK.format(decorator="on_event('startup')"),
        {"m.setup.<locals>.hook": "fastapi lifecycle"},
    ),
    "shut-down": (
        HOOK.format(decorator="on_event('shutdown')"),
        {"m.setup.<locals>.hook": "fastapi lifecycle"},
    ),
    "event of another kind": (HOOK.format(decorator="on_event('message')"), {}),
    "before the first request": (
        HOOK.format(decorator="before_first_request"),
        {"m.setup.<locals>.hook": "flask lifecycle"},
    ),
    "route": (HOOK.format(decorator="get('/users')"), {"m.setup.<locals>.hook": "flask request"}),
    "getter that is no route": (HOOK.format(decorator="get('users')"), {}),
    "listener": (
        HOOK.format(decorator="listener('before_server_start')"),
        {"m.setup.<locals>.hook": "sanic lifecycle"},
    ),
    "class that a caller tells": (
        "import typer\n" + HOOK.format(decorator="command()") + "setup(typer.Typer())",
        {"m.setup.<locals>.hook": "typer script"},
    ),
    "attribute of what a caller tells": (
        (
            "from flask import Flask\nclass A:\n    def __init__(self, app): self.app = app\n"
            "    def add(self):\n        @self.app.cli.command()\n        def work(): pass\n"
            "A(Flask('a')).add()"
        ),
        {"m.A.add.<locals>.work": "flask script"},
    ),
    "class of the project": (
        (
            "class App:\n    def on_event(self, name): return lambda f: f\n"
            "def setup(app: App):\n    @app.on_event('startup')\n    def hook(): pass"
        ),
        {},
    ),
    "list of hooks": (
        "def setup(app):\n    app.on_startup.append(start)\ndef start(app): pass",
        {"m.start": "aiohttp lifecycle"},
    ),
    "list of something else": (
        "def setup(app):\n    app.on_message.append(start)\ndef start(app): pass",
        {},
    ),
    "handler of start-up": (
        "def setup(app):\n    app.add_event_handler('startup', start)\ndef start(): pass",
        {"m.start": "starlette lifecycle"},
    ),
    "handler of another event": (
        "def setup(app):\n    app.add_event_handler('click', start)\ndef start(): pass",
        {},
    ),
    "lifespan that is stored": (
        "def setup(app):\n    app.router.lifespan_context = life\ndef life(app): yield",
        {"m.life": "starlette lifecycle"},
    ),
    "lifespan that is passed": (
        "import lib\ndef life(app): yield\nlib.Server(lifespan=life)",
        {"m.life": "asgi lifecycle"},
    ),
    "hooks in a list": (
        (
            "from starlette.applications import Starlette\ndef start(): pass\n"
            "Starlette(on_startup=[start])"
        ),
        {"m.start": "starlette lifecycle"},
    ),
}


@pytest.mark.parametrize(("source", "expected"), STRANGERS.values(), ids=STRANGERS.keys())
def test_some_names_tell_whatever_object_they_are_asked_of(
    source: str, expected: dict[str, str]
) -> None:
    assert entries(source) == expected


NAMES = {
    "handler of a cloud": (
        "def handler(event, context): pass",
        {"m.handler": "aws-lambda request"},
    ),
    "handler of something else": ("def handler(signal, frame): pass", {}),
    "hook of a server": (
        "def post_fork(server, worker): pass",
        {"m.post_fork": "gunicorn lifecycle"},
    ),
    "method of that name": ("class A:\n    def post_fork(self): pass", {}),
    "migration of alembic": (
        ("revision = '2'\ndown_revision = '1'\ndef upgrade(): fill()\ndef fill(): pass"),
        {"m.upgrade": "alembic script", "m.fill": "alembic script"},
    ),
    "revision of something else": ("revision = '2'\ndef upgrade(): pass", {}),
}


@pytest.mark.parametrize(("source", "expected"), NAMES.values(), ids=NAMES.keys())
def test_some_names_tell_by_themselves(source: str, expected: dict[str, str]) -> None:
    assert entries(source) == expected


def test_a_migration_of_django_is_a_script() -> None:
    lines = (
        "from django.db import migrations\ndef fill(apps, editor): pass\n"
        "class Migration(migrations.Migration): operations = [migrations.RunPython(fill)]"
    )

    assert entries(lines) == {}
    assert entries({"shop/migrations/0001_fill.py": lines}) == {
        "shop.migrations.0001_fill.fill": "django script"
    }


JOB = Entry(kind="decorator", match="acme.job", role="task")
ADDED: dict[str, tuple[Entry, Files | str, list[str]]] = {
    "decorator": (
        JOB,
        "from acme import job\n@job\ndef f(): pass\n@job('x')\ndef g(): pass\ndef h(): pass",
        ["m.f", "m.g"],
    ),
    "argument": (
        Entry(kind="call-arg", match="acme.Bus.listen", arg=1, role="event"),
        "from acme import Bus\ndef f(): pass\nBus().listen('x', f)",
        ["m.f"],
    ),
    "argument of a method of an unknown object": (
        Entry(kind="call-arg", match="?.listen", keyword="call", role="event"),
        "def f(): pass\ndef g(bus): bus.listen(call=f)",
        ["m.f"],
    ),
    "method of a base": (
        Entry(kind="base", match="acme.Plugin", methods=("on_*",), role="event"),
        (
            "from acme import Plugin\nclass A(Plugin):\n    def on_x(self): pass\n"
            "    def y(self): pass"
        ),
        ["m.A.on_x"],
    ),
    "function by its name": (
        Entry(kind="symbol", match="shop.cli.main", role="script"),
        {"shop/__init__.py": "", "shop/cli.py": "def main(): pass\ndef other(): pass"},
        ["shop.cli.main"],
    ),
    "function that is imported there": (
        Entry(kind="symbol", match="shop.main", role="script"),
        {"shop/__init__.py": "from shop.cli import main", "shop/cli.py": "def main(): pass"},
        ["shop.cli.main"],
    ),
    "functions by a glob": (
        Entry(kind="symbol", match="shop.*.activate", role="lifecycle"),
        {"shop/__init__.py": "def activate(): pass", "shop/a.py": "def activate(): pass"},
        ["shop.a.activate"],
    ),
    "function that there is not": (
        Entry(kind="symbol", match="shop.cli.main", role="script"),
        {"shop/__init__.py": "", "shop/cli.py": "app = 1"},
        [],
    ),
}


@pytest.mark.parametrize(("row", "files", "expected"), ADDED.values(), ids=ADDED.keys())
def test_rows_can_be_added(row: Entry, files: Files | str, expected: list[str]) -> None:
    linked = new_world(modules(files), with_entries(KNOWLEDGE, (row,)))
    graph = call_graph(linked)
    found = entry_points(linked, graph.foreign, callers_of(linked, graph))

    assert [linked.symbol(sid) for sid, rows in found.items() if row in rows] == expected


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

    graph = call_graph(linked)
    roles = roles_of(entry_points(linked, graph.foreign, callers_of(linked, graph)))

    assert {linked.symbol(sid): sorted(names) for sid, names in roles.items()} == {
        "m.f": ["request", "task"]
    }
