"""Facts of a snippet, and symbolic values as one line of text."""

import ast
from collections.abc import Iterable
from textwrap import dedent

from pystatelint.facts.extract import extract
from pystatelint.model.facts import (
    Alias,
    AnyValue,
    Attr,
    Binding,
    Call,
    Const,
    Def,
    Effect,
    Entered,
    Fresh,
    Generic,
    Item,
    Member,
    Module,
    Name,
    Param,
    Result,
    Scope,
    Slice,
    Truthy,
    Typed,
    Union,
)
from pystatelint.model.module_facts import ModuleFacts


def facts_of(source: str) -> ModuleFacts:
    text = dedent(source)
    return extract(ast.parse(text), text)


def module_scope(source: str) -> Scope:
    return facts_of(source).scopes[0]


def scope_of(source: str, qualname: str) -> Scope:
    """The scope of that qualified name; the last one if there are several."""
    return [each for each in facts_of(source).scopes if each.qualname == qualname][-1]


def function_f(source: str) -> Scope:
    return scope_of(source, "f")


def shown(value: AnyValue | None) -> str:
    """One line per value: ``G`` a name, ``$0`` a parameter, ``#0`` a call, ``x~G`` an alias."""
    match value:
        case None:
            return "-"
        case Name(name=name):
            return name
        case Param(index=number):
            return f"${number}"
        case Result(call=number):
            return f"#{number}"
        case Def(scope=number):
            return f"def{number}"
        case Const(kind="str", text=text):
            return repr(text)
        case Const(text=text):
            return text
        case Module(name=name):
            return f"module {name}"
        case Member(module=module, name=name, level=level):
            return f"{'.' * level}{module}:{name}"
        case Fresh():
            return _fresh(value)
        case _:
            return _derived(value)


def _fresh(value: Fresh) -> str:
    mark = "0" if value.empty else "!" if value.leaves else ""
    return f"{value.shape}{mark}({listed(value.parts)})"


def _derived(value: AnyValue) -> str:
    match value:
        case Attr(base=base, name=name):
            return f"{shown(base)}.{name}"
        case Item(base=base):
            return f"{shown(base)}[]"
        case Slice(base=base):
            return f"{shown(base)}[:]"
        case Entered(base=base):
            return f"with({shown(base)})"
        case Truthy(base=base):
            return f"true({shown(base)})"
        case Alias(base=base, name=name):
            return f"{name}~{shown(base)}"
        case Union(options=options):
            return " or ".join(shown(option) for option in options)
        case Generic(base=base, arguments=arguments):
            return f"{shown(base)}<{listed(arguments)}>"
        case Typed(annotation=annotation, value=inner):
            return f"{shown(inner)} as {shown(annotation)}"
        case _:
            return "?"


def listed(values: Iterable[AnyValue | None]) -> str:
    return ", ".join(shown(value) for value in values)


def binding(each: Binding) -> str:
    annotation = "" if each.annotation is None else f": {shown(each.annotation)}"
    return f"{each.kind.name} {each.name}{annotation} = {shown(each.value)}"


def bindings_of(scope: Scope) -> list[str]:
    return [binding(each) for each in scope.bindings]


def effect(each: Effect) -> str:
    name = f" {each.name}" if each.name else ""
    key = "" if each.key is None else f" at {shown(each.key)}"
    value = "" if each.value is None else f" := {shown(each.value)}"
    return f"{each.kind.name} {shown(each.target)}{name}{key}{value}"


def effects_of(scope: Scope) -> list[str]:
    return [effect(each) for each in scope.effects]


def call(each: Call) -> str:
    given = [shown(value) for value in each.arguments]
    given.extend(f"{name or '**'}={shown(value)}" for name, value in each.keywords)
    return f"{shown(each.callee)}({', '.join(given)}){' starred' if each.starred else ''}"


def calls_of(scope: Scope) -> list[str]:
    return [call(each) for each in scope.calls]
