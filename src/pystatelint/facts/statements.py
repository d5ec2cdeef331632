"""What does a statement do to the flow of values?"""

import ast

from pystatelint.facts.bindings import bind, bind_name, element
from pystatelint.facts.carried import carry
from pystatelint.facts.draft import ScopeDraft
from pystatelint.facts.effects import MADE_HERE
from pystatelint.facts.flow import body, joined, met, refined
from pystatelint.facts.late import note_loop
from pystatelint.facts.reading import read
from pystatelint.facts.shapes import union
from pystatelint.model.facts import (
    UNKNOWN,
    AnyValue,
    Await,
    BindingKind,
    Context,
    ContextFlag,
    Entered,
    Guard,
    ScopeKind,
)


def passed(_draft: ScopeDraft, _node: ast.stmt) -> bool:
    """``pass``, and what no rule asks for."""
    return False


def expression(draft: ScopeDraft, node: ast.Expr) -> bool:
    """Read an expression statement."""
    value = node.value
    if type(value) is not ast.Constant:
        draft.expressions[type(value)](draft, value)
    return False


def returned(draft: ScopeDraft, node: ast.Return) -> bool:
    """Read ``return``."""
    if node.value is not None:
        value = read(draft, node.value)
        if value not in draft.results:
            draft.results += (value,)
    if draft.receiver:
        draft.exits += (draft.own_attributes(),)
    return True


def raised(draft: ScopeDraft, node: ast.Raise) -> bool:
    """Read ``raise``."""
    for part in (node.exc, node.cause):
        if part is not None:
            read(draft, part)
    return True


def jumped(_draft: ScopeDraft, _node: ast.Break | ast.Continue) -> bool:
    """``break`` and ``continue`` leave the block."""
    return True


def asserted(draft: ScopeDraft, node: ast.Assert) -> bool:
    """Read ``assert``."""
    read(draft, node.test)
    if node.msg is not None:
        read(draft, node.msg)
    return False


def declared(draft: ScopeDraft, node: ast.Global | ast.Nonlocal) -> bool:
    """Note names that belong to another scope; at the top they are the module's own anyway."""
    if draft.kind is ScopeKind.MODULE:
        return False
    keyword = "global" if isinstance(node, ast.Global) else "nonlocal"
    draft.foreign = {**draft.foreign, **dict.fromkeys(node.names, keyword)}
    for name in node.names:
        draft.env.pop(name, None)
    return False


def branched(draft: ScopeDraft, node: ast.If) -> bool:
    """Read ``if``: each branch from its own refined environment, then the join."""
    read(draft, node.test)
    yes, no = refined(draft, node.test)
    before = draft.flagged(BRANCH | special(node.test))
    draft.env = yes
    ended_yes = body(draft, node.body)
    yes = draft.env
    draft.context = before
    draft.env = no
    ended_no = False
    if node.orelse:
        before = draft.flagged(BRANCH)
        ended_no = body(draft, node.orelse)
        draft.context = before
        no = draft.env
    if ended_yes is ended_no:
        draft.env = met(yes, no)
        return ended_yes
    draft.env = no if ended_yes else yes
    return False


BRANCH = ContextFlag.BRANCH


def special(test: ast.expr) -> int:
    """Return the flag for ``if __name__ == "__main__"`` and ``if TYPE_CHECKING``."""
    if type(test) is ast.Compare:
        return ContextFlag.MAIN_GUARD if _is_main_guard(test) else 0
    if type(test) is ast.Name:
        return ContextFlag.TYPE_CHECKING if test.id == "TYPE_CHECKING" else 0
    if type(test) is ast.Attribute:
        return ContextFlag.TYPE_CHECKING if test.attr == "TYPE_CHECKING" else 0
    return 0


def _is_main_guard(test: ast.Compare) -> bool:
    """Whether a comparison is ``__name__ == "__main__"``, either way round."""
    sides = [test.left, *test.comparators]
    if len(sides) != 2 or type(test.ops[0]) is not ast.Eq:
        return False
    match sides:
        case [ast.Name(id="__name__"), ast.Constant(value="__main__")] | [
            ast.Constant(value="__main__"),
            ast.Name(id="__name__"),
        ]:
            return True
        case _:
            return False


def looped_for(draft: ScopeDraft, node: ast.For | ast.AsyncFor) -> bool:
    """Read ``for``: the body may run many times or never."""
    iterable = read(draft, node.iter)
    if isinstance(node, ast.AsyncFor):
        draft.awaits += (Await(None, node.lineno, draft.context),)
    start = draft.env
    draft.env = start.copy()
    before = draft.flagged(ContextFlag.LOOP)
    first = len(draft.module.scopes)
    bind(draft, node.target, element(iterable), BindingKind.LOOP)
    carry(draft, node.body)
    body(draft, node.body)
    note_loop(draft, node, first)
    draft.context = before
    draft.env = met(start, draft.env)
    body(draft, node.orelse)
    return False


def looped_while(draft: ScopeDraft, node: ast.While) -> bool:
    """Read ``while``."""
    read(draft, node.test)
    yes, no = refined(draft, node.test)
    draft.env = yes
    carry(draft, node.body)
    before = draft.flagged(ContextFlag.LOOP)
    first = len(draft.module.scopes)
    body(draft, node.body)
    note_loop(draft, node, first)
    draft.context = before
    draft.env = met(no, draft.env)
    body(draft, node.orelse)
    return False


def entered(draft: ScopeDraft, node: ast.With | ast.AsyncWith) -> bool:
    """Read ``with``: each item may be a lock that guards the body."""
    asynchronous = isinstance(node, ast.AsyncWith)
    now = draft.contexts[draft.context]
    before = draft.context
    held = list(now.guards)
    for item in node.items:
        value = read(draft, item.context_expr)
        if asynchronous:
            draft.awaits += (Await(None, node.lineno, draft.context),)
        held.append(len(draft.guards))
        draft.guards += (Guard(value, draft.place(item.context_expr), asynchronous),)
        if item.optional_vars is not None:
            bound = UNKNOWN if type(value) in MADE_HERE else Entered(value)
            bind(draft, item.optional_vars, bound, BindingKind.WITH)
        draft.enter(Context(tuple(held), now.flags))
    body(draft, node.body)
    draft.context = before
    return False  # the manager may swallow an exception


def tried(draft: ScopeDraft, node: ast.Try) -> bool:
    """Read ``try``: a handler may start anywhere in the body."""
    start = draft.env.copy()
    before = draft.flagged(ContextFlag.TRY)
    ended = body(draft, node.body)
    if node.orelse:
        ended = body(draft, node.orelse) or ended
    draft.context = before
    paths = [] if ended else [draft.env]
    broken = met(start, draft.env)
    for handler in node.handlers:
        draft.env = broken.copy()
        if handler.type is not None:
            read(draft, handler.type)
        if handler.name is not None:
            draft.env[handler.name] = UNKNOWN
            draft.hold(handler.name, UNKNOWN)
        if not body(draft, handler.body):
            paths.append(draft.env)
            ended = False
    draft.env = joined(paths) if paths else broken
    if node.finalbody:
        before = draft.flagged(ContextFlag.FINALLY)
        ended = body(draft, node.finalbody) or ended
        draft.context = before
    return ended and not paths


def matched(draft: ScopeDraft, node: ast.Match) -> bool:
    """Read ``match``: captures hold the subject or something inside it."""
    subject = read(draft, node.subject)
    start = draft.env
    paths = [] if any(takes_anything(case) for case in node.cases) else [start]
    before = draft.flagged(ContextFlag.BRANCH)
    for case in node.cases:
        draft.env = start.copy()
        for part in ast.walk(case.pattern):
            match part:
                case ast.MatchValue(value=compared) | ast.MatchClass(cls=compared):
                    read(draft, compared)
                case ast.MatchMapping(keys=keys):
                    for key in keys:
                        read(draft, key)
                case _:
                    pass
            captured(draft, part, subject)
        if case.guard is not None:
            read(draft, case.guard)
        if not body(draft, case.body):
            paths.append(draft.env)
    draft.context = before
    draft.env = joined(paths or [start])
    return not paths


def captured(draft: ScopeDraft, part: ast.AST, subject: AnyValue) -> None:
    """Bind the name that a part of a pattern captures, if it does."""
    match part:
        case (
            ast.MatchAs(name=str(name))
            | ast.MatchStar(name=str(name))
            | ast.MatchMapping(rest=str(name))
        ):
            target = ast.copy_location(ast.Name(id=name), part)
            value = union([subject, element(subject)])
            bind_name(draft, target, value, BindingKind.VALUE)
        case _:
            pass


def takes_anything(case: ast.match_case) -> bool:
    """Whether a case matches every subject: ``case _`` or ``case name`` without a guard."""
    return isinstance(case.pattern, ast.MatchAs) and (case.pattern.pattern, case.guard) == (
        None,
        None,
    )
