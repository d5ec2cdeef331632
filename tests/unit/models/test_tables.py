"""The tables as one value, and what their rows say of well-known names."""

import pytest

from pystatelint.errors import StatelintError
from pystatelint.models import Tables
from pystatelint.models.schema import Containers, DiMarkers
from pystatelint.models.tables import read_table


def test_a_missing_table_names_itself_and_the_cure() -> None:
    with pytest.raises(StatelintError, match=r"models/data/nowhere\.toml .* reinstall pystatelint"):
        read_table("nowhere", DiMarkers)


def test_a_table_of_another_shape_is_refused() -> None:
    with pytest.raises(StatelintError, match=r"models/data/di_markers\.toml cannot be used"):
        read_table("di_markers", Containers)


@pytest.mark.parametrize(
    ("base", "attribute", "declared"),
    [
        pytest.param("django.db.migrations.Migration", "operations", True, id="all of a migration"),
        pytest.param("django.contrib.admin.ModelAdmin", "list_display", True, id="an option"),
        pytest.param("django.contrib.admin.ModelAdmin", "cache", False, id="no option"),
        pytest.param("django.views.generic.ListView", "template_name", True, id="a glob"),
        pytest.param("django.db.models.Model", "memo", False, id="no field"),
        pytest.param("homeassistant.helpers.entity.Entity", "_attr_name", True, id="a prefix"),
        pytest.param("ctypes.Structure", "_fields_", True, id="ctypes"),
        pytest.param("scrapy.Spider", "start_urls", True, id="scrapy"),
        pytest.param("celery.Task", "results", False, id="state of a task"),
        pytest.param("enum.Enum", "ANYTHING", True, id="members"),
    ],
)
def test_which_attributes_a_framework_reads(
    tables: Tables, base: str, attribute: str, *, declared: bool
) -> None:
    assert tables.declarative[base].declares(attribute) is declared


def test_fields_are_declared_by_call_or_by_annotation(tables: Tables) -> None:
    assert tables.declarative["django.db.models.Model"].calls
    assert not tables.declarative["django.db.models.Model"].annotated
    assert tables.declarative["pydantic.BaseModel"].annotated
    assert tables.declarative["dataclasses.dataclass"].via == "decorator"


def test_outer_classes_of_option_classes_are_declarative(tables: Tables) -> None:
    outer = {base for row in tables.nested.values() for base in row.outer}
    assert outer - set(tables.declarative) == set()
    assert {"Meta", "Config", "Params"} <= set(tables.nested)


@pytest.mark.parametrize(
    ("name", "live"),
    [
        pytest.param("sqlalchemy.orm.Session", True, id="session"),
        pytest.param("sqlalchemy.ext.asyncio.AsyncSession", True, id="async session"),
        pytest.param("sqlite3.Cursor", True, id="cursor"),
        pytest.param("sqlalchemy.Engine", False, id="engine"),
        pytest.param("sqlalchemy.orm.sessionmaker", False, id="factory"),
        pytest.param("sqlalchemy.orm.scoped_session", False, id="registry"),
        pytest.param("asyncpg.Pool", False, id="pool"),
        pytest.param("httpx.AsyncClient", False, id="client"),
    ],
)
def test_what_belongs_to_one_unit_of_work(tables: Tables, name: str, *, live: bool) -> None:
    assert tables.sessions[name].live is live


@pytest.mark.parametrize(
    ("call", "session"),
    [
        pytest.param("sqlalchemy.create_engine", "sqlalchemy.Engine", id="engine"),
        pytest.param("sqlalchemy.Engine.connect", "sqlalchemy.Connection", id="connection"),
        pytest.param(
            "sqlalchemy.orm.sessionmaker.__call__", "sqlalchemy.orm.Session", id="made session"
        ),
        pytest.param("sqlite3.connect", "sqlite3.Connection", id="sqlite"),
        pytest.param("boto3.client", "botocore.client.BaseClient", id="boto3"),
    ],
)
def test_calls_that_yield_live_objects(tables: Tables, call: str, session: str) -> None:
    assert tables.returns[call] == session
    assert session in tables.sessions


def test_async_clients_belong_to_a_loop(tables: Tables) -> None:
    assert tables.sessions["aiohttp.ClientSession"].loop_affine
    assert tables.sessions["httpx.AsyncClient"].loop_affine
    assert not tables.sessions["httpx.Client"].loop_affine


def test_what_an_immutable_call_returns_is_immutable(tables: Tables) -> None:
    returned = {tables.returns[name] for name in tables.immutables if name in tables.returns}
    assert returned
    assert returned - set(tables.immutables) == set()


def test_wrappers_do_not_vouch_for_what_they_hold(tables: Tables) -> None:
    assert tables.immutables["tuple"].category == "wrapper"
    assert tables.immutables["types.MappingProxyType"].category == "wrapper"
    assert tables.immutables["functools.partial"].category == "wrapper"
    assert tables.immutables["re.compile"].category == "constant"
    assert tables.immutables["threading.Lock"].category == "safe"
    assert not {"dict", "types.SimpleNamespace"} & set(tables.immutables)


@pytest.mark.parametrize(
    ("name", "when", "bases"),
    [
        pytest.param("__init__", "construction", (), id="any class"),
        pytest.param("__init__", "class", ("type",), id="a metaclass"),
        pytest.param("ready", "startup", ("django.apps.AppConfig",), id="start of Django"),
        pytest.param("setUp", "test-setup", ("unittest.TestCase",), id="unittest"),
        pytest.param("model_post_init", "construction", ("pydantic.BaseModel",), id="pydantic"),
    ],
)
def test_when_a_method_runs(tables: Tables, name: str, when: str, bases: tuple[str, ...]) -> None:
    assert (when, bases) in {(row.when, row.bases) for row in tables.init_methods[name]}


def test_plain_method_names_are_no_construction(tables: Tables) -> None:
    plain = ("initialize", "prepare", "reset", "run", "setup")
    rows = [row for name in plain for row in tables.init_methods.get(name, ())]
    assert all(row.bases for row in rows)


@pytest.mark.parametrize(
    ("name", "when"),
    [
        pytest.param("register_converter", "startup", id="registration"),
        pytest.param("_register_converter", "startup", id="private"),
        pytest.param("registerConverter", "startup", id="in camel case"),
        pytest.param("setup", "startup", id="bare verb"),
        pytest.param("setUpLogging", "startup", id="two words"),
        pytest.param("close_pool", "shutdown", id="end of the process"),
        pytest.param("main", "main", id="script"),
        pytest.param("reset_cache", "shutdown", id="undoing"),
        pytest.param("reset_for_testing", "test", id="undoing for tests"),
        pytest.param("register_users_for_tests", "test", id="the longer glob says more"),
        pytest.param("registered_users", "", id="no verb"),
        pytest.param("registration_view", "", id="another word"),
        pytest.param("initial_value", "", id="another word that begins alike"),
        pytest.param("installed_apps", "", id="a participle"),
        pytest.param("close", "", id="closing whatever it is given"),
        pytest.param("close_order", "", id="closing something of the business"),
        pytest.param("send", "", id="an ordinary name"),
    ],
)
def test_what_the_name_of_an_uncalled_function_says(tables: Tables, name: str, when: str) -> None:
    assert tables.uncalled.when(name) == when


@pytest.mark.parametrize(
    ("name", "bound", "keyword"),
    [
        pytest.param("functools.cache", "unbounded", "", id="cache"),
        pytest.param("functools.lru_cache", "bounded", "maxsize", id="lru_cache"),
        pytest.param("functools.cached_property", "instance", "", id="cached_property"),
        pytest.param("cachetools.cached", "store", "cache", id="store as argument"),
        pytest.param("async_lru.alru_cache", "bounded", "maxsize", id="coroutines"),
    ],
)
def test_bounds_of_caches(tables: Tables, name: str, bound: str, keyword: str) -> None:
    row = tables.caches[name]
    assert (row.bound, row.keyword) == (bound, keyword)


def test_markers_are_data(tables: Tables) -> None:
    assert tables.markers["fastapi.Depends"].provider == 0
    assert tables.markers["typer.Option"].provider is None
    assert "functools.partial" not in tables.markers


def test_holders_tell_objects_from_classes(tables: Tables) -> None:
    assert tables.holders["flask.g"].values
    assert not tables.holders["threading.local"].values


def test_registrations_tell_decorators_from_hooks(tables: Tables) -> None:
    assert {row.via for row in tables.registrations["atexit.register"]} == {"call", "decorator"}
    assert {row.via for row in tables.registrations["__init_subclass__"]} == {"hook"}


def test_columns_say_whether_rows_share_a_default(tables: Tables) -> None:
    assert tables.columns["django.db.models.JSONField"].outcome == "shared"
    assert tables.columns["tortoise.fields.JSONField"].outcome == "copied"
    assert "server_default" in tables.columns["sqlalchemy.Column"].factories
