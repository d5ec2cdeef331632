"""Why does a function run when it does: from where, and by which calls?"""

import pytest

from pystatelint.link.build import link_and_tell
from pystatelint.link.records import Phase

from .project import KNOWLEDGE, Files, modules

CALLED = "def put(): pass\n"

WAYS: dict[str, tuple[Files | str, Phase, str]] = {
    "nobody calls it": (
        CALLED,
        Phase.RUN,
        "m.put, which nobody in the project calls, though others may",
    ),
    "through one that nobody calls": (
        CALLED + "def serve(): put()",
        Phase.RUN,
        "m.serve, which nobody in the project calls, though others may: serve → put",
    ),
    "the shortest way": (
        CALLED + "def a(): b()\ndef b(): put()\ndef c(): put()",
        Phase.RUN,
        "m.c, which nobody in the project calls, though others may: c → put",
    ),
    "while its module is imported": (
        CALLED + "put()",
        Phase.IMPORT,
        "m, a module that is imported: m → put",
    ),
    "by a decorator": (
        CALLED + "def keep(f):\n    put()\n    return f\n@keep\ndef g(): pass",
        Phase.IMPORT,
        "m, a module that is imported: m → keep → put",
    ),
    "by a script": (
        CALLED + "def main(): put()\nif __name__ == '__main__':\n    main()",
        Phase.MAIN,
        "the main guard of m: m → main → put",
    ),
    "by its name": (
        CALLED + "def main(): put()",
        Phase.MAIN,
        "m.main, whose name or module tells when it is called: main → put",
    ),
    "by a test": (
        {"m.py": CALLED, "test_m.py": "from m import put\ndef test_it(): put()"},
        Phase.TEST,
        "test_m.test_it, which stands in a test module: test_it → put",
    ),
    "by a framework": (
        "from fastapi import FastAPI\napp = FastAPI()\n"
        + CALLED
        + "@app.get('/')\ndef home(): put()",
        Phase.RUN,
        "m.home, which a framework calls (request): home → put",
    ),
    "by who gets it": (
        "import lib\n" + CALLED + "lib.keep(put)",
        Phase.RUN,
        "m.put, which is handed to somebody who may call it at any time",
    ),
    "by one another": (
        "def put(): back()\ndef back(): put()",
        Phase.RUN,
        "m.put, which only functions call that nobody is seen to start",
    ),
}


@pytest.mark.parametrize(("files", "phase", "expected"), WAYS.values(), ids=WAYS.keys())
def test_a_function_runs_because_of(files: Files | str, phase: Phase, expected: str) -> None:
    _, whys = link_and_tell(modules(files), KNOWLEDGE)

    step = whys.of("m.put", phase)

    assert step is not None
    assert step.text == expected


def test_what_is_only_assumed_is_told_as_such() -> None:
    _, whys = link_and_tell(modules(CALLED), KNOWLEDGE, "application")

    step = whys.of("m.put", Phase.RUN)

    assert step is not None
    assert step.text.endswith(
        "which nobody in the application is seen to call; that somebody does is assumed"
    )


@pytest.mark.parametrize(
    ("function", "phase"),
    [
        pytest.param("m.put", Phase.TEST, id="a phase that it does not run in"),
        pytest.param("m.take", Phase.RUN, id="no such function"),
    ],
)
def test_nothing_is_told_of_what_does_not_happen(function: str, phase: Phase) -> None:
    _, whys = link_and_tell(modules(CALLED), KNOWLEDGE)

    assert whys.of(function, phase) is None
