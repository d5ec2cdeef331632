"""When can each function run, and from where is it reached?"""

import pytest

from .project import Files, cell, phases, project

WHEN: dict[str, tuple[Files, dict[str, str]]] = {
    "nobody calls it": ("def f(): pass", {"m.f": "run"}),
    "called at import": ("def f(): pass\nf()", {"m.f": "import"}),
    "called by a function": ("def f(): pass\ndef g(): f()", {"m.f": "run", "m.g": "run"}),
    "called at import and by a function": (
        "def f(): pass\nf()\ndef g(): f()",
        {"m.f": "import run", "m.g": "run"},
    ),
    "called through another": (
        "def f(): pass\ndef g(): f()\ng()",
        {"m.f": "import", "m.g": "import"},
    ),
    "only by itself": ("def f(): f()", {"m.f": "run"}),
    "by each other and from import": (
        "def f(): g()\ndef g(): f()\nf()",
        {"m.f": "import", "m.g": "import"},
    ),
    "called in a class body": ("def f(): pass\nclass A:\n    x = f()", {"m.f": "import"}),
    "default of a parameter": (
        "def f(): pass\ndef g(x=f()): pass",
        {"m.f": "import", "m.g": "run"},
    ),
    "decorator": (
        "def deco(f):\n    return f\n@deco\ndef g(): pass",
        {"m.deco": "import", "m.g": "run"},
    ),
    "decorator with arguments": (
        "def deco(name):\n    def inner(f): return f\n    return inner\n@deco(1)\ndef g(): pass",
        {"m.deco": "import", "m.deco.<locals>.inner": "import", "m.g": "run"},
    ),
    "registry decorator that nobody uses yet": (
        "R = {}\ndef register(f):\n    R[f.__name__] = f\n    return f",
        {"m.register": "import"},
    ),
    "hook decorator of a class that nobody uses yet": (
        "class A:\n    @classmethod\n    def on(cls, func):\n        return func",
        {"m.A.on": "import"},
    ),
    "takes a function by an alias of its type": (
        (
            "from collections.abc import Callable\nHook = Callable[..., int] | Callable[..., str]\n"
            "def on(hook: Hook): return hook"
        ),
        {"m.on": "import"},
    ),
    "takes a table of functions, and gives it back": (
        "from collections.abc import Callable\ndef f(table: dict[str, Callable]): return table",
        {"m.f": "run"},
    ),
    "takes data and gives it back": ("def f(item): return item", {"m.f": "run"}),
    "gives a partial of itself": (
        (
            "from functools import partial\ndef f(name, do=None):\n"
            "    if do is None: return partial(f, name)\n    return g(do)\ndef g(do): pass\n"
        ),
        {"m.f": "import", "m.g": "import"},
    ),
    "hands a partial of itself on": (
        (
            "from functools import partial\nimport lib\n"
            "def f(n):\n    lib.later(partial(f, n))\nf(1)"
        ),
        {"m.f": "import run"},
    ),
    "main guard": (
        "def f(): pass\nif __name__ == '__main__':\n    f()",
        {"m.f": "main"},
    ),
    "defined under the main guard": (
        "if __name__ == '__main__':\n    def f(): pass",
        {"m.f": "main"},
    ),
    "called from another module": (
        {"a.py": "def f(): pass", "m.py": "import a\na.f()"},
        {"a.f": "import"},
    ),
    "constructor": (
        "class A:\n    def __init__(self): self.g()\n    def g(self): pass\nA()",
        {"m.A.__init__": "import", "m.A.g": "import"},
    ),
    "method of a global instance": (
        "class A:\n    def f(self): pass\nX = A()\nX.f()",
        {"m.A.f": "import"},
    ),
    "hook of class creation": (
        "class A:\n    def __init_subclass__(cls): pass\nclass B(A): pass",
        {"m.A.__init_subclass__": "import"},
    ),
    "metaclass": (
        (
            "class M(type):\n    def __new__(mcs, *a): return super().__new__(mcs, *a)\n"
            "class A(metaclass=M): pass"
        ),
        {"m.M.__new__": "import"},
    ),
    "metaclass that makes the objects": (
        (
            "class M(type):\n    def __call__(cls): return super().__call__()\n"
            "class A(metaclass=M): pass\nclass B(A): pass\ndef f(): return B()"
        ),
        {"m.M.__call__": "run", "m.f": "run"},
    ),
    "metaclass that makes the objects while importing": (
        (
            "class M(type):\n    def __call__(cls): return super().__call__()\n"
            "class A(metaclass=M): pass\nX = A()"
        ),
        {"m.M.__call__": "import"},
    ),
    "start of Django": (
        (
            "from django.apps import AppConfig\nclass A(AppConfig):\n    def ready(self): f()\n"
            "def f(): pass"
        ),
        {"m.A.ready": "init", "m.f": "init"},
    ),
    "ready of some other class": ("class A:\n    def ready(self): pass", {"m.A.ready": "run"}),
    "route": (
        "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef f(): g()\ndef g(): pass",
        {"m.f": "run", "m.g": "run"},
    ),
    "lifespan": (
        "from fastapi import FastAPI\nasync def life(app): yield\napp = FastAPI(lifespan=life)",
        {"m.life": "init"},
    ),
    "handed to somebody unknown at import": (
        "import lib\ndef f(): pass\nlib.later(f)",
        {"m.f": "run"},
    ),
    "handed over and called at import": (
        "import lib\ndef f(): pass\nf()\nlib.later(f)",
        {"m.f": "import run"},
    ),
    "stored and called at import": (
        "def f(): pass\nf()\nH = {'f': f}",
        {"m.f": "import run"},
    ),
    "called by a lambda": ("def f(): pass\ng = lambda: f()", {"m.f": "run"}),
    "start of a process that does one job": (
        (
            "import rq\nclass W(rq.Worker):\n    def main_work_horse(self, job, queue): f()\n"
            "    def perform_job(self): g()\ndef f(): pass\ndef g(): pass"
        ),
        {
            "m.W.main_work_horse": "init",
            "m.W.perform_job": "run",
            "m.f": "init",
            "m.g": "run",
        },
    ),
    "strange decorator": (
        "import lib\n@lib.task\ndef f(): pass\nf()",
        {"m.f": "import run"},
    ),
    "cached, and called at import": (
        "from functools import lru_cache\n@lru_cache(maxsize=1)\ndef f(): pass\nf()",
        {"m.f": "import"},
    ),
    "cached by a server, which may ask again": (
        (
            "from flask_caching import Cache\ncache = Cache()\n@cache.memoize(60)\n"
            "def f(): pass\nf()"
        ),
        {"m.f": "import run"},
    ),
    "class method that is cached, and called at import": (
        (
            "from functools import cache\nclass A:\n    @classmethod\n    @cache\n"
            "    def f(cls): pass\nA.f()"
        ),
        {"m.A.f": "import"},
    ),
    "property is called by nobody": (
        "class A:\n    @property\n    def f(self): pass",
        {"m.A.f": "run"},
    ),
    "test": (
        {"test_a.py": "def test_f(): pass\ndef g(): pass"},
        {"test_a.test_f": "test", "test_a.g": "test"},
    ),
    "called by a test only: it is there for somebody else": (
        {"m.py": "def f(): pass", "test_a.py": "import m\ndef test_f(): m.f()"},
        {"m.f": "run test", "test_a.test_f": "test"},
    ),
    "called at import and by a test": (
        {"m.py": "def f(): pass\nf()", "test_a.py": "import m\ndef test_f(): m.f()"},
        {"m.f": "import test", "test_a.test_f": "test"},
    ),
    "called at import, and handed over by a test": (
        {"m.py": "def f(): pass\nf()", "test_a.py": "import m, lib\nlib.later(m.f)"},
        {"m.f": "import"},
    ),
    "only by each other": (
        "def f(): g()\ndef g(): f(); h()\ndef h(): pass",
        {"m.f": "run", "m.g": "run", "m.h": "run"},
    ),
    "nobody calls it, and its name says that it sets up": (
        "def register_reader(name): store(name)\ndef store(name): pass",
        {"m.register_reader": "init", "m.store": "init"},
    ),
    "set-up that only a test calls": (
        {"m.py": "def configure(): pass", "test_a.py": "import m\ndef test_f(): m.configure()"},
        {"m.configure": "init test", "test_a.test_f": "test"},
    ),
    "set-up that a function calls": (
        "def register(name): pass\ndef serve(): register(1)",
        {"m.register": "run", "m.serve": "run"},
    ),
    "set-up that is handed over": (
        "import lib\ndef setup(): pass\nlib.later(setup)",
        {"m.setup": "run"},
    ),
    "set-up that serves requests": (
        "from flask import Flask\napp = Flask(__name__)\n@app.post('/')\ndef register(): pass",
        {"m.register": "run"},
    ),
    "set-up of a class": (
        "class A:\n    @classmethod\n    def register(cls, name): pass",
        {"m.A.register": "init"},
    ),
    "set-up of an instance: it lives when it lives": (
        "class A:\n    def register(self, name): pass",
        {"m.A.register": "run"},
    ),
    "inner function, which whoever gets it may call": (
        "def f():\n    def setup(): pass\n    return setup",
        {"m.f": "run", "m.f.<locals>.setup": "run"},
    ),
    "it serves until the process ends, and what it does before is start-up": (
        (
            "from tornado.ioloop import IOLoop\ndef f():\n    g()\n    IOLoop.current().start()\n"
            "def g(): pass"
        ),
        {"m.f": "init", "m.g": "init"},
    ),
    "it has something unknown serve, by the name of the method": (
        "def f(server): g(); server.serve_forever()\ndef g(): pass",
        {"m.f": "init", "m.g": "init"},
    ),
    "it has something unknown serve, by its own name": (
        "def f(ioloop): g(); ioloop.start()\ndef g(): pass",
        {"m.f": "init", "m.g": "init"},
    ),
    "it serves, and is handed over": (
        "import lib\ndef f(server): g(); server.serve_forever()\ndef g(): pass\nlib.spawn(f)",
        {"m.f": "init", "m.g": "init"},
    ),
    "it calls what serves, and is handed over": (
        (
            "import lib\ndef f(server): g(server)\ndef g(server): server.serve_forever()\n"
            "lib.spawn(f)"
        ),
        {"m.f": "run", "m.g": "run"},
    ),
    "it starts something unknown": (
        "def f(worker): g(); worker.start()\ndef g(): pass",
        {"m.f": "run", "m.g": "run"},
    ),
    "it prepares what serves, which refuses that once it does": (
        "def f(app): g(); app.add_middleware(1)\ndef g(): pass",
        {"m.f": "init", "m.g": "init"},
    ),
    "it adds what may be added at any time": (
        "def f(app): g(); app.add_page(1)\ndef g(): pass",
        {"m.f": "run", "m.g": "run"},
    ),
    "what serves is called by a request": (
        (
            "from flask import Flask\napp = Flask(__name__)\n@app.get('/')\n"
            "def f(server): g(server)\ndef g(server): server.serve_forever()"
        ),
        {"m.f": "run", "m.g": "run"},
    ),
    "in a thread that the start waits for": (
        (
            "import asyncio\nfrom fastapi import FastAPI\n"
            "async def life(app):\n    await asyncio.to_thread(f)\n    yield\n"
            "app = FastAPI(lifespan=life)\ndef f(): g()\ndef g(): pass"
        ),
        {"m.life": "init", "m.f": "init", "m.g": "init"},
    ),
    "in a thread that nobody waits for": (
        (
            "from threading import Thread\nfrom fastapi import FastAPI\n"
            "async def life(app):\n    Thread(target=f).start()\n    yield\n"
            "app = FastAPI(lifespan=life)\ndef f(): pass"
        ),
        {"m.life": "init", "m.f": "run"},
    ),
    "in a thread that one caller waits for and another does not": (
        (
            "import asyncio\nfrom threading import Thread\nfrom fastapi import FastAPI\n"
            "async def life(app):\n    await asyncio.to_thread(f)\n    Thread(target=f).start()\n"
            "    yield\napp = FastAPI(lifespan=life)\ndef f(): pass"
        ),
        {"m.life": "init", "m.f": "run"},
    ),
    "main that nobody calls": ("def main(): pass", {"m.main": "main"}),
    "main that somebody calls": (
        "def main(): pass\ndef f(): main()",
        {"m.main": "run", "m.f": "run"},
    ),
    "shut-down that nobody calls": ("def close_pool(): pass", {"m.close_pool": "init"}),
    "undoing that nobody calls": ("def reset_cache(): pass", {"m.reset_cache": "init"}),
    "support of tests that is a method": (
        "class A:\n    def create_test_db(self): pass",
        {"m.A.create_test_db": "test"},
    ),
    "support of tests that a function calls": (
        "class A:\n    def create_test_db(self): pass\ndef f(a: A): a.create_test_db()",
        {"m.A.create_test_db": "run", "m.f": "run"},
    ),
    "method that overrides one which a constructor calls": (
        (
            "class A:\n    def __init__(self): self.set_up()\n    def set_up(self): pass\n"
            "class B(A):\n    def set_up(self): g()\ndef g(): pass\nB()"
        ),
        {
            "m.A.__init__": "import",
            "m.A.set_up": "import",
            "m.B.set_up": "import",
            "m.g": "import",
        },
    ),
    "method that overrides one which nobody calls": (
        "class A:\n    def f(self): pass\nclass B(A):\n    def f(self): pass",
        {"m.A.f": "run", "m.B.f": "run"},
    ),
    "method that overrides one, and is called on something unknown": (
        (
            "class A:\n    def __init__(self): self.set_up()\n    def set_up(self): pass\n"
            "class B(A):\n    def set_up(self): pass\nB()\ndef f(b): b.set_up()"
        ),
        {"m.A.__init__": "import", "m.A.set_up": "import", "m.B.set_up": "run", "m.f": "run"},
    ),
    "method that overrides one which a request calls": (
        (
            "from flask import Flask\napp = Flask(__name__)\n"
            "class A:\n    def go(self): self.step()\n    def step(self): pass\n"
            "class B(A):\n    def step(self): pass\n@app.get('/')\ndef f(): B().go()"
        ),
        {"m.A.go": "run", "m.A.step": "run", "m.B.step": "run", "m.f": "run"},
    ),
    "support of tests": ("def fill_for_tests(): pass", {"m.fill_for_tests": "test"}),
    "support of tests beside the code": (
        "import pytest\nclass Bot:\n    def stop(self): f()\ndef f(): pass",
        {"m.Bot.stop": "test", "m.f": "test"},
    ),
    "support of tests that somebody uses": (
        {"m.py": "import pytest\ndef f(): pass", "a.py": "import m\ndef g(): m.f()"},
        {"m.f": "run", "a.g": "run"},
    ),
    "method of what a caller registers": (
        (
            "class V:\n    def on_register(self): pass\ndef register(v): v.on_register()\n"
            "register(V())"
        ),
        {"m.V.on_register": "import", "m.register": "import"},
    ),
    "method of what a caller of the caller registers": (
        ("class V:\n    def go(self): pass\ndef a(v): b(v)\ndef b(v): v.go()\na(V())"),
        {"m.V.go": "import", "m.a": "import", "m.b": "import"},
    ),
    "method of what the constructor got": (
        (
            "class V:\n    def go(self): pass\nclass A:\n    def __init__(self, v): self.v = v\n"
            "    def run(self): self.v.go()\nA(V()).run()"
        ),
        {"m.V.go": "import", "m.A.__init__": "import", "m.A.run": "import"},
    ),
    "function that is the default": (
        "def f(): pass\ndef g(call=f): call()\ng()",
        {"m.f": "import", "m.g": "import"},
    ),
    "class that is passed": (
        "class A:\n    def __init__(self): pass\ndef make(cls): return cls()\nmake(A)",
        {"m.A.__init__": "import", "m.make": "import"},
    ),
    "method of what a test registers": (
        {
            "m.py": "class V:\n    def go(self): pass\ndef register(v): v.go()",
            "test_a.py": "import m\nm.register(m.V())",
        },
        {"m.V.go": "run", "m.register": "init test"},
    ),
}


@pytest.mark.parametrize(("files", "expected"), WHEN.values(), ids=WHEN.keys())
def test_a_function_runs(files: Files, expected: dict[str, str]) -> None:
    assert phases(files) == expected


MOMENTS = {
    "module body": ("X.append(1)", "import"),
    "main guard": ("if __name__ == '__main__': X.append(1)", "main"),
    "class body": ("class A:\n    X.append(1)", "import"),
    "function": ("def f(): X.append(1)", "run"),
    "function called at import": ("def f(): X.append(1)\nf()", "import"),
}


@pytest.mark.parametrize(("lines", "expected"), MOMENTS.values(), ids=MOMENTS.keys())
def test_a_write_happens(lines: str, expected: str) -> None:
    (one,) = cell(project(f"X = []\n{lines}"), "m.X").writes

    assert " ".join(phase.value for phase in one.phases) == expected


APP = "from fastapi import FastAPI, Depends\napp = FastAPI()\nX = []\n"
REACHED = {
    "the route itself": (
        "@app.get('/')\ndef f(): X.append(1)",
        "this is m.f, which serves requests",
    ),
    "from a route": (
        "@app.get('/')\ndef f(): g()\ndef g(): X.append(1)",
        "reached from m.f, which serves requests: f → g",
    ),
    "from the nearest route": (
        (
            "@app.get('/a')\ndef a(): g()\n@app.get('/b')\ndef b(): h()\ndef h(): g()\n"
            "def g(): X.append(1)"
        ),
        "reached from m.a, which serves requests: a → g",
    ),
    "from a method": (
        "class A:\n    def f(self): X.append(1)\n@app.get('/')\ndef r(a: A): a.f()",
        "reached from m.r, which serves requests: r → A.f",
    ),
    "from an inner function": (
        "@app.get('/')\ndef f():\n    def g(): X.append(1)\n    g()",
        "reached from m.f, which serves requests: f → f.g",
    ),
    "by four calls": (
        (
            "@app.get('/')\ndef a(): b()\ndef b(): c()\ndef c(): d()\ndef d(): e()\n"
            "def e(): X.append(1)"
        ),
        "reached from m.a, which serves requests: a → b → c → d → e",
    ),
    "by more calls": (
        (
            "@app.get('/')\ndef a(): b()\ndef b(): c()\ndef c(): d()\ndef d(): e()\n"
            "def e(): g()\ndef g(): X.append(1)"
        ),
        "reached from m.a, which serves requests: a → b → … → e → g",
    ),
    "from a request rather than from the nearer task": (
        (
            "import asyncio\nasync def t(): g()\nasyncio.create_task(t())\n"
            "@app.get('/')\ndef a(): b()\ndef b(): g()\ndef g(): X.append(1)"
        ),
        "reached from m.a, which serves requests: a → b → g",
    ),
    "from nowhere": ("def f(): X.append(1)", ""),
    "not from a test": ("def test_f(): X.append(1)", ""),
}


@pytest.mark.parametrize(("lines", "expected"), REACHED.values(), ids=REACHED.keys())
def test_a_write_is_reached_from(lines: str, expected: str) -> None:
    (one,) = cell(project(f"{APP}{lines}"), "m.X").writes

    assert ("" if one.reached_from is None else one.reached_from.text) == expected
