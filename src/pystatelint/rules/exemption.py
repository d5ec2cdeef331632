"""Why a rule is silent about a cell, or about one write to it: the reasons, as data."""

import msgspec


class Exemption(msgspec.Struct, frozen=True):
    """A reason for silence that several cells or writes can share.

    Attributes:
        name: kebab-case, such as ``safe-holder``.
        reason: one clause whose subject is the cell or the write.
    """

    name: str
    reason: str


SAFE_HOLDER = Exemption(
    "safe-holder",
    "it keeps its state apart for each thread, task or request, or is made to be shared",
)
WEAK_CONTAINER = Exemption("weak-container", "it holds only what somebody else keeps alive")
MADE_TO_BE_SHARED = Exemption(
    "made-to-be-shared", "a queue is there to be shared, and an iterator is HMS211's case"
)
TEST_MODULE = Exemption("test-module", "its module is a test")
TEST_CODE = Exemption("test-code", "only a test does it")
NEVER_WRITTEN = Exemption("never-written", "no write to it is in sight")
NEVER_CALLED = Exemption("never-called", "nothing in sight calls what does it")
OUTSIDE_RUN_TIME = Exemption(
    "outside-run-time", "it happens at import, start-up or shutdown, not at run time"
)
IN_SCRIPT = Exemption("in-script", "only a script does it, below its main guard")
STORED_SESSION = Exemption("stored-session", "it stores a live session, which HMS402 judges")
MODULE_GETATTR = Exemption("module-getattr", "the module's __getattr__ makes what is asked for")

DEFINITION = Exemption("definition", "it is a class, a function or a module")
OWN_ATTRIBUTE = Exemption("own-attribute", "it gives the instance an attribute of its own")
OTHER_NAME_OF_DEFAULT = Exemption(
    "other-name-of-default", "it changes the object by another name than the parameter"
)
OWN_METHOD = Exemption("own-method", "a method of the object itself does it")
MADE_BEFORE = Exemption(
    "made-before", "it is a flag by which a constructor knows that it has run before"
)
WRONG_LOCK = Exemption(
    "wrong-lock", "a lock of one object should guard it, which HMS507 tells at the write"
)
CLIENT_WRITE = Exemption(
    "client-write", "it changes what a shared client sends along, which HMS412 tells at the write"
)
SET_PER_CONTEXT = Exemption("set-per-context", "set() gives each context a value of its own")

DECLARATION = Exemption("declaration", "a framework reads it once")
LANGUAGE_NAME = Exemption("language-name", "its name belongs to the language")
IMMUTABLE = Exemption("immutable", "its value cannot change")
NOT_KNOWN_TO_CHANGE = Exemption(
    "not-known-to-change", "its value is not known to be mutable, and run time does not write it"
)
OBJECT_UNDER_CONTRACT = Exemption(
    "object-under-contract", "it holds an object whose own class is declared stateless"
)
STAYS_INSIDE = Exemption("stays-inside", "its function neither gives the default away nor keeps it")
OWN_NAME = Exemption("own-name", "the default has a name of its own, where its fate is told")
NO_CONTAINER = Exemption("no-container", "the default neither is nor holds a container")
PLAIN_NAME = Exemption("plain-name", "its name promises no cache and no buffer")


OTHER_NAME = Exemption(
    "other-name", "it changes an object that is reported under the name which it got first"
)


def known_idiom(name: str) -> Exemption:
    """Return the exemption of a cell whose writes follow a known harmless idiom."""
    return Exemption(name, "its writes follow a known harmless idiom")


TOLD_WITH_TWIN = Exemption(
    "told-with-twin",
    "another module-level instance of its class, changed by the same methods, is reported",
)
