"""What do cached functions read besides their arguments?"""

import pytest

from .project import project

MODULE = """
import unknown
from functools import cache
from app import config
rate = 1
rates = {{"EUR": 1}}
class Settings:
    def __init__(self): self.debug = False
settings = Settings()
class Shop:
    open = True
    def __init__(self, rates=None): self.rates = rates
    @classmethod
    {decorator}
    def is_open(cls, day): return cls.open
def current(): return rates
{decorator}
def price(amount):
    {body}
{more}
"""


def read(
    body: str, more: str = "", decorator: str = "@cache"
) -> list[tuple[str, tuple[str, ...], bool]]:
    """Return what `price` reads: cell, path, and whether it looks into it."""
    files = {
        "m.py": MODULE.format(body=body, more=more, decorator=decorator),
        "app/__init__.py": "",
        "app/config.py": "prefix = ''",
    }
    reads = project(files).cached_reads
    return [(each.cell, each.inner, each.content) for each in reads if each.function == "m.price"]


@pytest.mark.parametrize(
    ("body", "more", "decorator"),
    [
        pytest.param("return rates[amount]", "", "", id="no cache"),
        pytest.param("return amount * 2", "", "@cache", id="only its argument"),
        pytest.param("rate = 3; return rate", "", "@cache", id="a name of its own"),
        pytest.param("return current", "", "@cache", id="a function"),
        pytest.param("return rate", "price.cache_clear()", "@cache", id="emptied"),
        pytest.param(
            "return rate",
            "def f(): Shop().do(price.cache_clear())",
            "@cache",
            id="emptied in a call",
        ),
        pytest.param(
            "return rate",
            "def f():\n    for each in unknown.all(): each.cache_clear()",
            "@cache",
            id="emptied with others that are not known",
        ),
    ],
)
def test_nothing_is_read(body: str, more: str, decorator: str) -> None:
    assert read(body, more, decorator) == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        pytest.param("return amount * rate", ("m.rate", (), True), id="name"),
        pytest.param("return rate", ("m.rate", (), False), id="name, handed on"),
        pytest.param("return rates[amount]", ("m.rates", (), True), id="element"),
        pytest.param("return rates.get(amount)", ("m.rates", (), True), id="by a method"),
        pytest.param("return amount in rates", ("m.rates", (), True), id="membership"),
        pytest.param("return sorted(rates)", ("m.rates", (), True), id="passed to a pure function"),
        pytest.param("return rates", ("m.rates", (), False), id="container, handed on"),
        pytest.param("return Shop(rates)", ("m.rates", (), False), id="kept by an object"),
        pytest.param("return unknown.f(rates)", ("m.rates", (), False), id="nobody knows"),
        pytest.param("return config.prefix + 'x'", ("app.config.prefix", (), True), id="module"),
        pytest.param("return f'{Shop.open}'", ("m.Shop.open", (), True), id="class"),
        pytest.param("return current().get(1)", ("m.rates", (), True), id="by a function"),
    ],
)
def test_read(body: str, found: tuple[str, tuple[str, ...], bool]) -> None:
    assert found in read(body)


def test_an_attribute_of_an_object_is_told_from_the_object() -> None:
    assert ("m.settings", (".debug",), True) in read("return str(settings.debug)")


def test_methods_read_their_class() -> None:
    reads = project({"m.py": MODULE.format(body="pass", more="", decorator="@cache")}).cached_reads
    assert [(each.function, each.cell) for each in reads] == [("m.Shop.is_open", "m.Shop.open")]
