"""Code in colours with Pygments: every lexer, formatter, filter and style, and some of our own."""

import io
from pathlib import Path

import pygments
from pygments import (
    console,
    filters,
    formatters,
    highlight,
    lex,
    lexers,
    modeline,
    plugin,
    scanner,
    sphinxext,
    styles,
    token,
    unistring,
    util,
)
from pygments.cmdline import main
from pygments.filter import Filter, apply_filters, simplefilter
from pygments.filters import get_all_filters, get_filter_by_name
from pygments.formatter import Formatter
from pygments.lexer import DelegatingLexer, RegexLexer, bygroups, include, inherit, using, words
from pygments.lexers.python import PythonLexer
from pygments.style import Style
from pygments.util import ClassNotFound

SOURCE = '''\
import os


class A(object):
    """Text."""

    def f(self, n: int = 3) -> str:
        return f"{n!r}" + "x" * 2  # remark
'''


class ShopLexer(RegexLexer):
    """Reads a language of our own."""

    name = "Shop"
    aliases = ("shop",)
    filenames = ("*.shop",)
    tokens = {
        "root": [
            (r"\s+", token.Whitespace),
            (words(("buy", "sell"), suffix=r"\b"), token.Keyword),
            (r"(\w+)(=)(\d+)", bygroups(token.Name, token.Operator, token.Number)),
            (r"\{", token.Punctuation, "inner"),
            include("rest"),
        ],
        "inner": [(r"\}", token.Punctuation, "#pop"), (r"[^}]+", using(PythonLexer))],
        "rest": [(r".", token.Text)],
    }


class MoreLexer(ShopLexer):
    """Reads a little more."""

    aliases = ("more",)
    tokens = {"rest": [(r"!", token.Error), inherit], "root": [(r"!", token.Generic), inherit]}


class BothLexer(DelegatingLexer):
    """Reads one language in another."""

    def __init__(self, **options: object) -> None:
        super().__init__(PythonLexer, ShopLexer, **options)


class ShopStyle(Style):
    """Colours of our own."""

    styles = {token.Keyword: "bold #f00 bg:#eee", token.Name: "italic ansigreen", token.Text: ""}


class ShopFormatter(Formatter):
    """Writes as we like."""

    def format_unencoded(self, source: object, out: io.StringIO) -> None:
        """Write tokens."""
        out.writelines(f"{kind}:{text};" for kind, text in source)


def many_lexers() -> None:
    """Read with some of the lexers there are."""
    assert len(list(lexers.get_all_lexers())) > 500
    for name in (
        "c",
        "css",
        "diff",
        "django",
        "html",
        "js",
        "json",
        "pycon",
        "ruby",
        "sql",
        "toml",
    ):
        lexer = lexers.get_lexer_by_name(name)
        assert list(lex("a = 1\n<b>{x}</b>\n", lexer)), name
        lexer.analyse_text("import os")


def find_lexers() -> None:
    """Find lexers by name, file, type, content."""
    assert lexers.find_lexer_class("Python")
    assert lexers.find_lexer_class_for_filename("a.rb")
    assert lexers.get_lexer_for_filename("a.html", SOURCE)
    assert lexers.get_lexer_for_mimetype("text/x-python")
    assert lexers.guess_lexer("#!/usr/bin/python\nimport os")
    assert lexers.guess_lexer_for_filename("a.html", "<% if %>")
    assert modeline.get_filetype_from_buffer("# vim: ft=python")
    Path("own.py").write_text(Path(__file__).read_text())
    assert lexers.load_lexer_from_file("own.py", "ShopLexer")
    for ask in (
        lexers.get_lexer_by_name,
        formatters.get_formatter_by_name,
        styles.get_style_by_name,
    ):
        try:
            ask("nothing")
        except ClassNotFound:
            continue


def every_formatter() -> None:
    """Write in every form, in every style."""
    for kind in formatters.get_all_formatters():
        try:
            formatter = kind(full=True, linenos=True, encoding="utf-8")
        except ImportError:
            continue
        except Exception:  # noqa: BLE001, S112 - fonts that images need are missing
            continue
        highlight(SOURCE, PythonLexer(), formatter)
    for name in styles.get_all_styles():
        style = styles.get_style_by_name(name)
        formatter = formatters.HtmlFormatter(style=style, cssclass=name, anchorlinenos=True)
        assert formatter.get_style_defs("." + name)
    for kind in ("terminal", "terminal256", "terminal16m"):
        highlight(SOURCE, PythonLexer(), formatters.get_formatter_by_name(kind, style=ShopStyle))
    assert formatters.get_formatter_for_filename("a.html")
    assert highlight("buy a=1 {x}", ShopLexer(), ShopFormatter())
    assert list(MoreLexer().get_tokens("!buy"))
    assert list(BothLexer().get_tokens("buy"))


def every_filter() -> None:
    """Filter in every way."""

    @simplefilter
    def loud(self: Filter, lexer: object, stream: object, options: object) -> object:
        for kind, text in stream:
            yield kind, text.upper()

    lexer = PythonLexer(stripall=True, tabsize=4, ensurenl=False)
    lexer.add_filter(loud())
    lexer.add_filter(filters.VisibleWhitespaceFilter(spaces=True, newlines=True))
    lexer.add_filter("tokenmerge")
    assert "CLASS" in highlight(SOURCE, lexer, formatters.NullFormatter())
    for name in get_all_filters():
        options = {"names": ["os"]} if name == "highlight" else {}
        try:
            found = get_filter_by_name(name, **options)
        except util.OptionError:
            continue
        list(apply_filters(lex(SOURCE, PythonLexer()), [found]))


def tools() -> None:
    """Use what else there is."""
    assert console.colorize("red", "x")
    assert token.string_to_tokentype("Name.Shop.Price") is token.Name.Shop.Price
    assert token.Token.Our.Own in token.Token
    assert unistring.combine("Lu", "Ll")
    assert util.shebang_matches("#!/usr/bin/env python", "python")
    assert util.make_analysator(lambda text: 0.5)("x") == 0.5
    assert util.duplicates_removed([1, 1]) == [1]
    assert list(plugin.find_plugin_lexers()) == []
    assert scanner.Scanner("ab").check("a")
    assert sphinxext.__name__
    assert pygments.format(lex("x", PythonLexer()), formatters.RawTokenFormatter())


def commands() -> None:
    """Ask as a person at a terminal does."""
    Path("in.py").write_text(SOURCE)
    for options in (
        ["-f", "html", "-o", "out.html", "in.py"],
        ["-l", "python", "-F", "codetagify", "-O", "style=default", "-o", "out.txt", "in.py"],
        ["-S", "default", "-f", "html"],
        ["-L", "styles", "filters"],
        ["-N", "in.py"],
        ["-C"],
        ["-V"],
        ["-H", "lexer", "python"],
        ["-l", "nothing", "in.py"],
    ):
        assert main(["pygmentize", *options]) in {0, 1, 2}


STAGES = (many_lexers, find_lexers, every_formatter, every_filter, tools, commands)
