"""What are the decorators of a scope?"""

from pystatelint.link.describe import describe
from pystatelint.link.objects import ClassObject, ExternalObject, FunctionObject, Sid
from pystatelint.link.records import Decorator, Value
from pystatelint.link.values import value_of
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Call, Const, Decoration, Result


def decorators_of(world: World, sid: Sid) -> tuple[Decorator, ...]:
    """Return the resolved decorators of a function or class, outermost first."""
    scope = world.scopes[sid]
    outer = (sid[0], scope.parent)
    return tuple(_decorator(world, outer, decoration) for decoration in scope.decorators)


def _decorator(world: World, outer: Sid, decoration: Decoration) -> Decorator:
    """Return one decorator as resolved."""
    value = decoration.value
    if isinstance(value, Result):
        call = world.scopes[outer].calls[value.call]
        return Decorator(
            dotted=named(world, outer, call.callee),
            called=True,
            arguments=arguments_of(world, outer, call),
            constants=constants_of(world, outer, call),
            span=decoration.span,
        )
    return Decorator(
        dotted=named(world, outer, value),
        called=False,
        arguments=(),
        constants=(),
        span=decoration.span,
    )


def named(world: World, sid: Sid, value: AnyValue) -> str:
    """Return the qualified name of what a value stands for; empty if unknown."""
    for item in world.evaluate(sid, value):
        match item:
            case ExternalObject(dotted):
                return dotted
            case FunctionObject(inner, _) | ClassObject(inner):
                return world.symbol(inner)
            case _:
                pass
    return ""


def arguments_of(world: World, sid: Sid, call: Call) -> tuple[tuple[str, Value], ...]:
    """Return ``(keyword or position, value)`` of each argument."""
    found = [(str(i), value_of(world, sid, value)) for i, value in enumerate(call.arguments)]
    found.extend((name or "**", value_of(world, sid, value)) for name, value in call.keywords)
    return tuple(found)


def constants_of(world: World, sid: Sid, call: Call) -> tuple[tuple[str, str], ...]:
    """Return ``(keyword or position, source)`` of each constant argument."""
    pairs = [(str(i), value) for i, value in enumerate(call.arguments)]
    pairs.extend(call.keywords)
    scope = world.scopes[sid]
    return tuple(
        (name, describe(scope, value)) for name, value in pairs if isinstance(value, Const)
    )
