"""Templates with Jinja: environments, loaders, extensions, sandbox, languages, caches, mistakes."""

import asyncio
from pathlib import Path

import jinja2
from jinja2 import (
    ChainableUndefined,
    ChoiceLoader,
    DebugUndefined,
    DictLoader,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    FunctionLoader,
    ModuleLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
    TemplateSyntaxError,
    UndefinedError,
    make_logging_undefined,
    meta,
    nodes,
    pass_context,
    pass_environment,
    select_autoescape,
)
from jinja2.ext import Extension, babel_extract
from jinja2.lexer import Lexer, get_lexer
from jinja2.nativetypes import NativeEnvironment
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment, SandboxedEnvironment, SecurityError
from jinja2.utils import LRUCache, clear_caches, generate_lorem_ipsum, open_if_exists, urlize

PAGES = {
    "base.html": "<title>{% block title %}{% endblock %}</title>{% block body %}{% endblock %}",
    "page.html": (
        "{% extends 'base.html' %}{% import 'macros.html' as m with context %}"
        "{% from 'macros.html' import price as p %}"
        "{% block title %}{{ super() }}{{ title|title }}{% endblock %}"
        "{% block body scoped %}{% for t in things|sort(attribute='n') recursive %}"
        "{{ loop.index }}{{ loop.cycle('a', 'b') }}{{ m.price(t.n) }}{{ p(t.n) }}"
        "{% if loop.changed(t.kind) %}{{ t.kind }}{% endif %}{% else %}none{% endfor %}"
        "{% set ns = namespace(n=0) %}{% set ns.n = 1 %}{% call m.box() %}x{% endcall %}"
        "{% include ['none.html', 'part.html'] ignore missing %}{% endblock %}"
    ),
    "macros.html": (
        "{% macro price(n, unit='€') %}{{ '%.2f'|format(n) }}{{ unit }}{{ varargs }}{% endmacro %}"
        "{% macro box() %}[{{ caller() }}]{% endmacro %}"
    ),
    "part.html": "{% filter upper %}part{% endfilter %}{% with a = 1 %}{{ a }}{% endwith %}",
}
THINGS = [{"n": 2, "kind": "tea"}, {"n": 1, "kind": "cup"}]


class Stamp(Extension):
    """A tag of our own."""

    tags = frozenset({"stamp"})

    def parse(self, parser: Parser) -> nodes.Node:
        """Read the tag."""
        line = next(parser.stream).lineno
        call = self.call_method("say", [parser.parse_expression()])
        return nodes.Output([call]).set_lineno(line)

    def say(self, text: str) -> str:
        """Return the text, stamped."""
        return f"*{text}*"


def render() -> None:
    """Render pages with filters, tests and globals of our own."""
    environment = Environment(
        loader=DictLoader(PAGES), autoescape=select_autoescape(), extensions=["jinja2.ext.do"]
    )
    environment.filters["double"] = lambda text: text * 2
    environment.tests["dear"] = lambda price: price > 5
    environment.globals["shop"] = "Shop"
    environment.policies["truncate.leeway"] = 1
    environment.add_extension(Stamp)
    assert "Tea" in environment.get_template("page.html").render(title="tea", things=THINGS)
    assert environment.from_string("{{ 7 is dear }}{% stamp 'x' %}").render() == "True*x*"
    made = environment.overlay(trim_blocks=True, block_start_string="<%", block_end_string="%>")
    assert made.from_string("<% if 1 %>\n{{ shop|double }}<% endif %>").render() == "ShopShop"
    assert environment.compile_expression("a + 1")(a=1) == 2
    assert list(environment.get_template("part.html").generate())
    environment.get_template("part.html").stream().dump("part.txt")
    assert environment.get_or_select_template(["none.html", "part.html"])
    assert environment.list_templates()
    assert meta.find_undeclared_variables(environment.parse("{{ a }}")) == {"a"}
    environment.cache.clear()


def filters() -> None:
    """Use every filter and test once."""
    text = (
        "{{ [3,1,2]|sort|join(',') }}{{ 'a b'|wordcount }}{{ {'b':1}|dictsort }}{{ 'x'|center(5) }}"
        "{{ [1,2,3]|batch(2)|list }}{{ [1,2,3]|slice(2)|list }}{{ things|groupby('kind')|list }}"
        "{{ things|map(attribute='n')|sum }}{{ [1,none]|select|list }}{{ 'www.x.example'|urlize }}"
        "{{ 123456|filesizeformat }}{{ {'a':1}|tojson }}{{ {'a':1}|xmlattr }}{{ '<b>'|striptags }}"
        "{{ [1,1]|unique|list }}{{ 3.7|round }}{{ 'a'|indent }}{{ 'long text'|truncate(4) }}"
        "{{ 'text of words'|wordwrap(4) }}{{ [1,2]|random }}{{ x|default('d') }}{{ 'a'|pprint }}"
        "{{ 3 is odd }}{{ 4 is divisibleby 2 }}{{ 'a' is in 'abc' }}{{ none is none }}"
    )
    assert Environment().from_string(text).render(things=THINGS)
    assert Template("{{ a }}").render(a=1) == "1"
    assert Template("{{ a }}{{ lipsum(n=1) }}{{ cycler('a').next() }}{{ joiner() }}").render(a=1)


def load() -> None:
    """Load from folders, packages, functions, modules, with a cache of compiled templates."""
    for folder in ("pages", "compiled", "bytecode"):
        Path(folder).mkdir(exist_ok=True)
    for name, text in PAGES.items():
        Path("pages", name).write_text(text)
    loader = ChoiceLoader(
        [
            PrefixLoader({"f": FileSystemLoader("pages")}),
            FunctionLoader(lambda name: "function" if name == "fn" else None),
            FileSystemLoader(["pages"], followlinks=True),
        ]
    )
    cache = FileSystemBytecodeCache("bytecode", "%s.cache")
    environment = Environment(loader=loader, bytecode_cache=cache, cache_size=2, auto_reload=True)
    for name in ("f/part.html", "fn", "page.html", "part.html", "page.html"):
        assert environment.get_template(name).render(things=THINGS)
    cache.clear()
    Environment(loader=DictLoader(PAGES)).compile_templates("compiled", zip=None)
    from_modules = Environment(loader=ModuleLoader("compiled"))
    assert from_modules.get_template("part.html").render() == "PART1"
    try:
        PackageLoader("workloads", "none")
    except ValueError:
        pass
    try:
        environment.get_template("nowhere.html")
    except jinja2.TemplatesNotFound as error:
        assert error.templates
    except jinja2.TemplateNotFound as error:
        assert error.name == "nowhere.html"


def languages() -> None:
    """Translate, and find what is to be translated."""
    environment = Environment(
        extensions=["jinja2.ext.i18n", "jinja2.ext.loopcontrols", "jinja2.ext.debug"]
    )
    environment.install_gettext_callables(
        lambda text: text.upper(), lambda a, b, n: b, newstyle=True
    )
    text = (
        "{% trans n=2 %}one{% pluralize %}{{ n }} many{% endtrans %}{{ _('a') }}{{ gettext('b') }}"
    )
    assert "A" in environment.from_string(text).render()
    assert list(environment.extract_translations(text))
    import io

    assert list(babel_extract(io.BytesIO(text.encode()), ["_"], [], {}))
    environment.uninstall_gettext_translations("")
    environment.install_null_translations()
    assert environment.from_string(
        "{% for a in [1,2] %}{% break %}{% endfor %}{% debug %}"
    ).render()


def sandbox() -> None:
    """Render what strangers write."""
    environment = SandboxedEnvironment()
    for text in (
        "{{ ''.__class__.__mro__ }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ range(999999) }}",
    ):
        try:
            environment.from_string(text).render()
        except (SecurityError, OverflowError):
            continue
    try:
        ImmutableSandboxedEnvironment().from_string("{{ a.append(1) }}").render(a=[])
    except SecurityError:
        pass


def undefined() -> None:
    """Meet what is not there."""
    for kind in (ChainableUndefined, DebugUndefined, StrictUndefined, make_logging_undefined()):
        environment = Environment(undefined=kind)
        try:
            environment.from_string("{{ a.b.c }}").render()
        except UndefinedError:
            continue


def mistakes() -> None:
    """Make mistakes, and see where they are told to be."""
    environment = Environment(loader=DictLoader({"bad": "{{ 1 / a }}", "worse": "{% if %}"}))
    for name in ("bad", "worse"):
        try:
            environment.get_template(name).render(a=0)
        except (ZeroDivisionError, TemplateSyntaxError):
            continue
    try:
        environment.from_string("{% nothing %}")
    except TemplateSyntaxError as error:
        assert error.lineno == 1


def native_and_async() -> None:
    """Return objects instead of text; do not block."""
    assert NativeEnvironment().from_string("{{ [1, 2] }}").render() == [1, 2]
    environment = Environment(enable_async=True, loader=DictLoader(PAGES))

    async def numbers():  # noqa: ANN202 - a generator
        yield 1

    async def ask() -> str:
        template = environment.from_string("{% for n in ns() %}{{ n }}{% endfor %}{{ x() }}")
        return await template.render_async(ns=numbers, x=ask_more)

    async def ask_more() -> int:
        return 2

    assert asyncio.run(ask()) == "12"
    assert asyncio.run(environment.get_template("page.html").render_async(things=THINGS))


def tools() -> None:
    """Use what else there is."""

    @pass_context
    def of_context(context: Context) -> int:
        return len(context.get_all())

    @pass_environment
    def of_environment(environment: Environment) -> bool:
        return environment.sandboxed

    environment = Environment()
    environment.globals.update(c=of_context, e=of_environment)
    assert environment.from_string("{{ c() }}{{ e() }}").render(a=1)
    assert isinstance(get_lexer(environment), Lexer)
    cache = LRUCache(1)
    cache["a"], cache["b"] = 1, 2
    assert list(cache) == ["b"]
    assert urlize("www.example.com")
    assert generate_lorem_ipsum(n=1)
    assert open_if_exists("nowhere") is None
    many = [Environment(line_statement_prefix="#" * n) for n in range(1, 60)]
    assert [each.lexer for each in many]
    clear_caches()


STAGES = (
    render,
    filters,
    load,
    languages,
    sandbox,
    undefined,
    mistakes,
    native_and_async,
    tools,
)
