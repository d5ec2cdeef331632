"""Which argument does a parameter get?"""

from pystatelint.link.objects import FunctionObject, Object
from pystatelint.link.world import World
from pystatelint.model.facts import AnyValue, Call, Parameter, ParameterKind

# Members of an enum are looked up slowly (CPython 3.11), so the frequent ones once.
POSITIONAL = ParameterKind.POSITIONAL


def argument_for(
    world: World, call: Call, function: FunctionObject, index: int
) -> AnyValue | Object | None:
    """Return what parameter `index` gets: an argument, the receiver, or None if unknown."""
    parameters = world.scopes[function.sid].parameters
    offset = 1 if function.receiver is not None else 0
    if index == 0 and function.receiver is not None:
        return function.receiver
    parameter = parameters[index]
    if parameter.kind is POSITIONAL and not call.starred:
        position = index - offset
        if position < len(call.arguments):
            return call.arguments[position]
    for name, value in call.keywords:
        if name == parameter.name:
            return value
    return None


def parameters_of(world: World, call: Call, function: FunctionObject) -> list[tuple[int, AnyValue]]:
    """Return each parameter that an argument reaches, with that argument."""
    parameters = world.scopes[function.sid].parameters
    offset = 1 if function.receiver is not None else 0
    found: list[tuple[int, AnyValue]] = []
    for position, value in enumerate(call.arguments):
        index = position + offset
        if index < len(parameters) and parameters[index].kind is POSITIONAL:
            found.append((index, value))
    by_name = _by_name(parameters)
    for name, value in call.keywords:
        if name in by_name:
            found.append((by_name[name], value))
    return found


def _by_name(parameters: tuple[Parameter, ...]) -> dict[str, int]:
    """Return the number of each parameter that takes keywords."""
    plain = (POSITIONAL, ParameterKind.KEYWORD)
    return {each.name: number for number, each in enumerate(parameters) if each.kind in plain}
