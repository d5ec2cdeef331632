"""One declaration replaces the tests that a team writes by hand for a stateless service.

By hand they go over the attributes of each class and demand that none is mutable, that no
name speaks of a cache, a buffer or stored messages, and that instances keep nothing but
what they are allowed to. The same is asked for here by one table in the configuration, by
a decorator, and by `--strict`.
"""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from pystatelint.api import analyse
from pystatelint.config.schema import Config
from pystatelint.model.finding import Finding, Severity
from pystatelint.model.report import Report

BROKEN = Path(__file__).resolve().parents[2] / "fixtures" / "projects" / "chat_service" / "broken"

TABLE = """
[tool.statelint.stateless]
"app.services.*" = []
"app.tools.executor.ToolExecutor" = ["session"]
"""

DECORATED = {
    "ChatService": "@stateless(allow={'session', 'client'})",
    "ConversationService": "@stateless",
    "ToolExecutor": '@stateless(allow={"session"})',
    "Service": '@stateless(allow={"session"})',
}

CONTRACT = frozenset({"HMS112", "HMS113", "HMS190", "HMS215", "HMS290"})

Marks = frozenset[tuple[str, int, str]]
Configured = Callable[[Path], Config]
Declared = Callable[[Path], Report]


def by_table(folder: Path, configured: Configured) -> Report:
    """Declare by configuration."""
    with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
        file.write(TABLE)
    return analyse([folder], configured(folder), cwd=folder)


def by_decorator(folder: Path, configured: Configured) -> Report:
    """Declare in the source; line numbers stay as they are."""
    for path in folder.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for name, decorator in DECORATED.items():
            # The two blank lines before a class have room for the import and the decorator.
            declaration = f"from pystatelint.stateless import stateless\n{decorator}\nclass {name}:"
            text = text.replace(f"\n\nclass {name}:", declaration)
        path.write_text(text, encoding="utf-8")
    return analyse([folder], configured(folder), cwd=folder)


def by_strict(folder: Path, configured: Configured) -> Report:
    """Declare the whole project."""
    config = msgspec.structs.replace(configured(folder), strict=True)
    return analyse([folder], config, cwd=folder)


WAYS = [
    pytest.param(by_table, id="one table in the configuration"),
    pytest.param(by_decorator, id="the decorator"),
    pytest.param(by_strict, id="--strict"),
]


@pytest.fixture(params=WAYS)
def declared(request: pytest.FixtureRequest, configured: Configured) -> Declared:
    """Return what analyses a folder whose services are declared stateless."""
    way: Callable[[Path, Configured], Report] = request.param
    return lambda folder: way(folder, configured)


@pytest.fixture
def chat(copied: Callable[[Path], Path]) -> Path:
    """Return a copy of the chat service."""
    return copied(BROKEN)


def contract_findings(report: Report, symbol: str) -> dict[str, Finding]:
    """Return what the contract says of a symbol, by code."""
    return {
        each.code: each
        for each in report.findings
        if each.symbol == symbol and each.code in CONTRACT
    }


@pytest.mark.parametrize(
    ("symbol", "codes"),
    [
        pytest.param(
            "app.services.chat.ChatService._conversation_buffer",
            {"HMS112", "HMS190"},
            id="a list of the class, named a buffer and written",
        ),
        pytest.param(
            "app.services.chat.ChatService._messages",
            {"HMS112", "HMS190"},
            id="a dict of the class, named messages, that nothing writes",
        ),
        pytest.param(
            "app.services.conversation.ConversationService._turn_counts",
            {"HMS190"},
            id="a dict of the class that ClassVar calls intended",
        ),
        pytest.param(
            "app.services.conversation.ConversationService._session",
            {"HMS190"},
            id="a session that is left on the class",
        ),
        pytest.param(
            "app.tools.executor.ToolExecutor._task_cache",
            {"HMS113"},
            id="an attribute of the executor beside its session",
        ),
    ],
)
def test_each_check_by_hand_is_a_finding(
    chat: Path, declared: Declared, symbol: str, codes: set[str]
) -> None:
    found = contract_findings(declared(chat), symbol)
    assert set(found) == codes
    assert {each.severity for each in found.values()} == {Severity.ERROR}


@pytest.mark.parametrize(
    "symbol",
    [
        pytest.param("app.tools.executor.ToolExecutor.session", id="the attribute that is allowed"),
        pytest.param("app.services.chat.ChatService.fallback_text", id="a string of the class"),
        pytest.param(
            "app.services.conversation.ConversationService.ROLES", id="a tuple of strings"
        ),
    ],
)
def test_what_the_contract_allows_is_silent(chat: Path, declared: Declared, symbol: str) -> None:
    assert contract_findings(declared(chat), symbol) == {}


def test_table_adds_exactly_what_is_marked(
    chat: Path,
    configured: Configured,
    marked: Callable[[Path, str], Marks],
    reported: Callable[[Report], Marks],
    difference: Callable[[Path, Marks, Marks], str],
) -> None:
    wanted = marked(chat, "expect") | marked(chat, "contract")
    assert difference(chat, reported(by_table(chat, configured)), wanted) == ""


def test_without_a_declaration_the_contract_is_silent(
    chat: Path, analysed: Callable[[Path], Report]
) -> None:
    assert CONTRACT.isdisjoint(each.code for each in analysed(chat).findings)


def service(folder: Path, body: str) -> Path:
    """Write a project with one service."""
    module = folder / "app" / "services" / "chat.py"
    module.parent.mkdir(parents=True)
    (folder / "pyproject.toml").write_text("[tool.statelint]\n", encoding="utf-8")
    for package in (folder / "app", module.parent):
        (package / "__init__.py").touch()
    module.write_text(
        f"import collections\nimport types\n\nx = ''\n\n\nclass Service:\n    {body}\n",
        encoding="utf-8",
    )
    return folder


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("state = {}", id="dict"),
        pytest.param("state = []", id="list"),
        pytest.param("state = {0}", id="set"),
        pytest.param("state = dict()", id="dict by constructor"),
        pytest.param("state = set()", id="set by constructor"),
        pytest.param("state = bytearray()", id="bytearray"),
        pytest.param("state = [n for n in range(3)]", id="list by comprehension"),
        pytest.param("state = {n: n for n in range(3)}", id="dict by comprehension"),
        pytest.param("state = [[]] * 3", id="list by repetition"),
        pytest.param("state = dict.fromkeys('ab')", id="dict by class method"),
        pytest.param("state = collections.deque(maxlen=9)", id="deque"),
        pytest.param("state = collections.defaultdict(list)", id="defaultdict"),
        pytest.param("state = collections.Counter()", id="Counter"),
        pytest.param("state = collections.OrderedDict()", id="OrderedDict"),
        pytest.param("state: dict[str, str] = {}", id="annotated"),
        pytest.param("state, other = {}, 1", id="one of two targets"),
        pytest.param("if x: state = {}", id="below a condition"),
    ],
)
def test_every_kind_of_mutable_class_attribute_is_found(
    tmp_path: Path, declared: Declared, body: str
) -> None:
    found = contract_findings(declared(service(tmp_path, body)), "app.services.chat.Service.state")
    assert set(found) == {"HMS190"}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("state = ()", id="empty tuple"),
        pytest.param("state = ('a', 1, None)", id="tuple of constants"),
        pytest.param("state = frozenset('ab')", id="frozenset"),
        pytest.param("state = types.MappingProxyType({'a': 1})", id="read-only view"),
        pytest.param("state = 'text'", id="string"),
        pytest.param("state = 3.5", id="number"),
        pytest.param("state: dict[str, str]", id="annotation without a value"),
        pytest.param("__slots__ = ['session']", id="slots"),
        pytest.param("def state(self): return {}", id="method"),
    ],
)
def test_immutable_class_attributes_are_silent(
    tmp_path: Path, declared: Declared, body: str
) -> None:
    report = declared(service(tmp_path, body))
    assert [each.message for each in report.findings] == []
    assert report.files == 3


@pytest.mark.parametrize(
    "name",
    [
        "cache",
        "_task_cache",
        "ResponseCache",
        "request_buffer",
        "_storage",
        "_messages",
        "_conversations",
    ],
)
def test_names_that_promise_state_are_found(tmp_path: Path, declared: Declared, name: str) -> None:
    symbol = f"app.services.chat.Service.{name}"
    found = contract_findings(declared(service(tmp_path, f"{name} = {{}}")), symbol)
    assert set(found) == {"HMS112", "HMS190"}


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("def __init__(self): self._cache = {}", id="in the constructor"),
        pytest.param("def send(self): self._cache = {}", id="in a method"),
        pytest.param("def send(self): self._cache: dict[str, str] = {}", id="annotated"),
        pytest.param("def send(self): self.x, self._cache = 1, {}", id="one of two targets"),
    ],
)
def test_instance_attributes_beyond_the_list_are_found(
    tmp_path: Path, declared: Declared, body: str
) -> None:
    found = contract_findings(declared(service(tmp_path, body)), "app.services.chat.Service._cache")
    assert set(found) == {"HMS113"}
