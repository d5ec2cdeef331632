"""One name for each thing."""

import pytest

from pystatelint.models import Tables
from pystatelint.models.aliases import Aliases


@pytest.mark.parametrize(
    ("dotted", "canonical"),
    [
        pytest.param("app.models.Chat", "app.models.Chat", id="the project's own stays"),
        pytest.param("dict", "dict", id="builtins are bare"),
        pytest.param("builtins.str.join", "str.join", id="builtins by their module"),
        pytest.param("typing.Dict", "dict", id="old generic alias"),
        pytest.param("typing_extensions.NamedTuple", "typing.NamedTuple", id="backport"),
        pytest.param("attrs.define", "attr.define", id="both names of attrs"),
        pytest.param("attr.attrib", "attr.ib", id="long name of attr.ib"),
        pytest.param("pydantic.main.BaseModel", "pydantic.BaseModel", id="defining module"),
        pytest.param("pydantic.v1.main.BaseModel", "pydantic.BaseModel", id="two steps"),
        pytest.param("fastapi.applications.FastAPI", "fastapi.FastAPI", id="fastapi"),
        pytest.param("fastapi.routing.APIRouter.get", "fastapi.APIRouter.get", id="a method"),
        pytest.param("sqlalchemy.orm.session.Session", "sqlalchemy.orm.Session", id="sqlalchemy"),
        pytest.param("asyncio.locks.Lock", "asyncio.Lock", id="standard library"),
        pytest.param("redis.client.Pipeline", "redis.client.Pipeline", id="not all names move"),
        pytest.param("pydantic", "pydantic", id="a module is no member of itself"),
    ],
)
def test_canonical_name(tables: Tables, dotted: str, canonical: str) -> None:
    assert tables.canonical(dotted) == canonical


def test_longest_prefix_wins() -> None:
    aliases = Aliases(modules={"a": "z", "a.b": "y"}, names={"a.b.C": "x.C"}, source="made up")
    assert aliases.canonical("a.k") == "z.k"
    assert aliases.canonical("a.b.k") == "y.k"
    assert aliases.canonical("a.b.C.m") == "x.C.m"


def test_keys_of_all_tables_are_canonical(tables: Tables) -> None:
    keyed = (
        tables.constructors,
        tables.immutables,
        tables.functions,
        tables.writers,
        tables.holders,
        tables.declarative,
        tables.class_makers,
        tables.field_makers,
        tables.columns,
        tables.sessions,
        tables.returns,
        tables.objects,
        tables.caches,
        tables.decorators,
        tables.registrations,
        tables.markers,
        tables.iterators,
        tables.volatile,
        tables.process.calls,
        tables.process.attributes,
        tables.process.members,
    )
    entries = [name for kind, name in tables.entries.exact if kind != "name"]
    names = [*entries, *(name for table in keyed for name in table)]
    assert [name for name in names if tables.canonical(name) != name] == []


def test_no_alias_runs_in_a_circle(tables: Tables) -> None:
    aliases = tables.aliases
    reached = [aliases.canonical(f"{module}.X") for module in aliases.modules]
    reached += [aliases.canonical(name) for name in aliases.names]
    assert all(aliases.canonical(name) == name for name in reached)
