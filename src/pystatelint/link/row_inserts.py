"""Which functions ask for a row, and insert one if there is none?"""

import re
from collections.abc import Iterator, Mapping

from pystatelint.link.describe import describe
from pystatelint.link.library_names import library_names
from pystatelint.link.objects import ClassObject, Sid
from pystatelint.link.records import Phase
from pystatelint.link.records_sessions import RowInsert
from pystatelint.link.world import World
from pystatelint.model.facts import (
    AnyValue,
    Attr,
    Call,
    Const,
    ContextFlag,
    Entered,
    Item,
    Result,
    Scope,
    Union,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.layers import NAMING, behind, last_name

SELECTING = frozenset({"sqlalchemy.future.select", "sqlalchemy.select", "sqlmodel.select"})
"""Functions that begin a question (docs.sqlalchemy.org/en/20/orm/queryguide/select.html)."""

ASKING = frozenset({"get", "get_one", "query"})
"""Methods of sessions that take the class of the rows."""

RUNNING = frozenset({"exec", "execute", "scalar", "scalars"})
"""Methods of sessions that run a statement."""

ALONE = frozenset(
    {
        "count",
        "exists",
        "fetchone",
        "first",
        "get",
        "one_or_none",
        "scalar",
        "scalar_one",
        "scalar_one_or_none",
    }
)
"""Methods whose answer is one row, one number or none."""

SAFE_CALLS = frozenset(
    {
        "begin_nested",
        "merge",
        "on_conflict_do_nothing",
        "on_conflict_do_update",
        "on_duplicate_key_update",
        "prefix_with",
        "with_for_update",
    }
)
"""Methods that keep two at once apart, or let the second one go on."""

SAFE_TEXT = re.compile(r"advisory|FOR UPDATE|ON CONFLICT|LOCK TABLE|SERIALIZABLE", re.IGNORECASE)
HANDLED = frozenset({"DBAPIError", "DatabaseError", "IntegrityError", "UniqueViolation"})
"""Errors by which the database tells that the row is there already."""

ROW: frozenset[type] = NAMING | {Entered, Item}
"""Layers between a call and the row that it gives: of a ``with``, of one of several rows."""

DEPTH = 12
"""Calls of one chain that are followed back."""


def row_inserts(
    world: World, phases: Mapping[Sid, frozenset[Phase]], reach: Mapping[Sid, Step]
) -> tuple[RowInsert, ...]:
    """Return the inserts that rely on a question asked before, by path and span.

    Parameters:
        phases: when each function can run. reach: how each is reached.
    """
    found = [
        each
        for sid in world.scopes_calling(("add",))
        if Phase.RUN in phases[sid] and not world.modules[sid[0]].test
        for each in _of_scope(world, sid, world.scopes[sid], reach)
    ]
    return tuple(sorted(found, key=lambda each: (each.path, each.span)))


def _of_scope(
    world: World, sid: Sid, scope: Scope, reach: Mapping[Sid, Step]
) -> Iterator[RowInsert]:
    """Yield the inserts of one function that follow a question for the same class."""
    questions = dict(_questions(world, sid, scope))
    if not questions or _is_guarded(scope):
        return
    for number, call in enumerate(scope.calls):
        model = _added(world, sid, scope, call)
        if model is None:
            continue
        asked = [each for each in questions if each < number and questions[each] == model.sid]
        if asked and _depends(scope, call, asked[-1]):
            yield _record(world, sid, scope, call, asked[-1], model, reach)


def _record(
    world: World,
    sid: Sid,
    scope: Scope,
    call: Call,
    asked: int,
    model: ClassObject,
    reach: Mapping[Sid, Step],
) -> RowInsert:
    """Return one finished record."""
    path = world.path(sid)
    name = world.scopes[model.sid].name
    question = scope.calls[asked]
    return RowInsert(
        model=world.symbol(model.sid),
        unique=_unique(world, model.sid),
        by_key=_is_get(question) or _sets_key(world, model.sid, scope, call),
        asked=Step(StepKind.READ, path, question.span, f"asks whether there is a {name}"),
        text=f"{describe(scope, call.callee)}({name}(...))",
        module=world.modules[sid[0]].name,
        function=world.symbol(sid),
        path=path,
        span=call.span,
        reached_from=reach.get(sid),
    )


def _questions(world: World, sid: Sid, scope: Scope) -> Iterator[tuple[int, Sid]]:
    """Yield the calls that ask for one row, or how many there are, with the class asked for."""
    for number, call in enumerate(scope.calls):
        callee = call.callee
        if type(callee) is not Attr or callee.name not in ALONE:
            continue
        for inner in calls_behind(scope, Result(number), 0):
            model = asked_for(world, sid, scope.calls[inner])
            if model is not None:
                yield number, model.sid


def calls_behind(scope: Scope, value: AnyValue, depth: int) -> Iterator[int]:
    """Yield the calls that a value comes from: receivers, and the statements that were run."""
    value = behind(value, ROW)
    if type(value) is not Result or depth > DEPTH:
        return
    yield value.call
    call = scope.calls[value.call]
    if type(call.callee) is Attr:
        yield from calls_behind(scope, call.callee.base, depth + 1)
        if call.callee.name in RUNNING and call.arguments:
            yield from calls_behind(scope, call.arguments[0], depth + 1)


def asked_for(world: World, sid: Sid, call: Call) -> ClassObject | None:
    """Return the mapped class that a call asks for: ``select(C)``, ``.get(C, key)``."""
    callee = call.callee
    if type(callee) is Attr and callee.name in (*ASKING, "select_from"):
        return _class_of(world, sid, call.arguments[0]) if call.arguments else None
    names = library_names(world, world.evaluate(sid, callee))
    if not any(name in SELECTING for name in names):
        return None
    asked = (_class_of(world, sid, each) for each in call.arguments)
    return next((each for each in asked if each is not None), None)


def _class_of(world: World, sid: Sid, value: AnyValue) -> ClassObject | None:
    """Return the project class that a value is, or whose attribute it is."""
    value = behind(value, ROW)
    for each in (value, value.base if type(value) is Attr else value):
        for item in world.evaluate(sid, each):
            if type(item) is ClassObject:
                return item
    return None


def _added(world: World, sid: Sid, scope: Scope, call: Call) -> ClassObject | None:
    """Return the class of the new object that a call adds to a session."""
    if type(call.callee) is not Attr or call.callee.name != "add" or len(call.arguments) != 1:
        return None
    value = behind(call.arguments[0], ROW)
    if type(value) is not Result:
        return None
    made = world.callees(sid)[value.call]
    return next((item for item in made if type(item) is ClassObject), None)


def _depends(scope: Scope, call: Call, asked: int) -> bool:
    """Whether an insert stands in a branch, or the function returns what was asked for instead."""
    if scope.contexts[call.context].flags & ContextFlag.BRANCH:
        return True
    return any(asked in calls_behind(scope, each, 0) for each in _options(scope.results))


def _options(values: tuple[AnyValue, ...]) -> Iterator[AnyValue]:
    """Yield values, those of unions one by one, and the owners of attributes."""
    for value in values:
        bare = behind(value, ROW)
        if type(bare) is Union:
            yield from _options(bare.options)
        else:
            yield bare.base if type(bare) is Attr else bare


def _is_guarded(scope: Scope) -> bool:
    """Whether a function keeps two at once apart, or is ready for the second one."""
    if any(each.name in HANDLED for each in scope.reads):
        return True
    return any(
        (type(call.callee) is Attr and call.callee.name in (*SAFE_CALLS, *HANDLED))
        or any(_says_safe(value) for value in call.arguments)
        for call in scope.calls
    )


def _says_safe(value: AnyValue) -> bool:
    """Whether a text locks rows, or has a clause for conflicts."""
    return type(value) is Const and SAFE_TEXT.search(value.text) is not None


def _unique(world: World, model: Sid) -> bool:
    """Whether a mapped class has a unique column, constraint or index besides its key."""
    for call in world.scopes[model].calls:
        if any(name == "unique" and value == TRUE for name, value in call.keywords):
            return True
        callee = call.callee
        if last_name(callee) == "UniqueConstraint":
            return True
    return False


def _is_get(question: Call) -> bool:
    """Whether a question is for one row by its primary key."""
    return type(question.callee) is Attr and question.callee.name == "get"


def _sets_key(world: World, model: Sid, scope: Scope, call: Call) -> bool:
    """Whether the new object gets its primary key from the program, not from the database."""
    value = behind(call.arguments[0], ROW)
    if type(value) is not Result:
        return False
    given = {name for name, _ in scope.calls[value.call].keywords}
    calls = world.scopes[model].calls
    return any(
        binding.name in given
        and type(binding.value) is Result
        and ("primary_key", TRUE) in calls[binding.value.call].keywords
        for binding in world.scopes[model].bindings
    )


TRUE = Const("bool", "True")
