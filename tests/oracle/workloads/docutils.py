"""Documents with Docutils: every writer, directives and roles of our own, languages, mistakes."""

import io
from pathlib import Path
from typing import Any

from docutils import (
    core,
    examples,
    frontend,
    languages,
    nodes,
    readers,
    statemachine,
    utils,
    writers,
)
from docutils import (
    io as docutils_io,
)
from docutils.parsers import rst
from docutils.parsers.null import Parser as NullParser
from docutils.parsers.rst import Directive, directives, roles, states, tableparser
from docutils.parsers.rst.directives.admonitions import BaseAdmonition
from docutils.transforms import Transform
from docutils.utils import code_analyzer, smartquotes
from docutils.utils.math import latex2mathml, unichar2tex

QUIET = {"report_level": 5, "halt_level": 5, "warning_stream": io.StringIO()}
TEXT = """\
=====
Title
=====

:Author: Somebody
:Date: 2020-01-01
:Version: 1

.. contents:: :depth: 2
.. sectnum::

Section
-------

Some *emphasis*, **strong**, ``literal``, `link <https://example.com>`_, a note [1]_, |shop|,
:sup:`2`, :math:`a^2 + \\frac{1}{2}`, `text`_ and https://example.com.

.. [1] A note about it.
.. [#auto] Another one.
.. _text: https://example.com/text
.. |shop| replace:: The *Shop*

.. note:: Take care.

.. image:: picture.png
   :alt: A picture
   :width: 3cm

.. figure:: picture.png

   Caption

.. code:: python

   def f(): return 1

.. math::

   \\sum_{i=0}^n i

+-----+-----+
| a   | b   |
+=====+=====+
| 1   | - x |
+-----+-----+

.. csv-table:: Table
   :header: a, b

   1, 2

.. list-table::

   * - a
     - b

.. raw:: html

   <hr>

1. one
2. two

   a) three

- item

term : classifier
    definition

-o, --option  text

>>> 1 + 1
2

| line
| block

    quoted

    -- somebody

.. class:: special
.. role:: own(emphasis)
   :class: own

:own:`text` and anonymous__

__ https://example.com

.. include:: part.txt
.. date::
.. epigraph:: words
.. topic:: Topic

   text
.. sidebar:: Side

   text
.. compound::

   text
.. unicode-name: x
.. |copy| unicode:: U+000A9
.. comment
"""
BROKEN = """\
Title
===

*open

.. nothing:: x

:nothing:`x` |none| [9]_ nowhere_

.. include:: nowhere.txt

Short
=
"""


class Shout(Directive):
    """A directive of our own."""

    has_content = True
    option_spec = {"loud": directives.flag, "n": directives.nonnegative_int}

    def run(self) -> list[nodes.Node]:
        """Return a paragraph."""
        return [nodes.paragraph(text="\n".join(self.content).upper())]


class Hint(BaseAdmonition):
    """An admonition of our own."""

    node_class = nodes.hint


def publish(text: str, writer: str, **settings: object) -> Any:
    """Return a document in the form of a writer."""
    return core.publish_string(text, writer=writer, settings_overrides=QUIET | settings)


def write() -> None:
    """Write a document in each form."""
    Path("part.txt").write_text("A part.\n")
    for writer in (
        "html4",
        "html5",
        "latex",
        "xelatex",
        "manpage",
        "xml",
        "pseudoxml",
        "null",
        "odt",
        "s5",
    ):
        for settings in ({}, {"math_output": "MathML", "syntax_highlight": "short"}):
            assert publish(TEXT, writer, **settings) is not None
    assert publish(TEXT, "html5", math_output="HTML", smart_quotes=True, toc_backlinks="top")
    assert publish(TEXT, "html5", math_output="LaTeX", embed_stylesheet=False)
    assert publish("PEP: 1\nTitle: T\n\nText\n", "html4")


def extend() -> None:
    """Register directives, roles and nodes of our own."""
    directives.register_directive("shout", Shout)
    directives.register_directive("hint-of-ours", Hint)

    def price(name: str, raw: str, text: str, *rest: object, **more: object) -> Any:
        return [nodes.inline(raw, text, classes=["price"])], []

    roles.register_local_role("price", price)
    roles.register_canonical_role("cost", price)
    text = ".. shout::\n   :loud:\n\n   hello\n\n:price:`3` :cost:`4`\n\n"
    text += ".. default-role:: price\n\n`5`\n"
    assert b"HELLO" in publish(text, "html5")
    assert b"5" in publish("`5`", "html5")


def transform() -> None:
    """Change documents after reading."""

    class Count(Transform):
        default_priority = 500

        def apply(self) -> None:
            self.document["count"] = len(list(self.document.findall(nodes.paragraph)))

    class Reader(readers.standalone.Reader):
        def get_transforms(self) -> list[type[Transform]]:
            return [*super().get_transforms(), Count]

    document = core.publish_doctree(TEXT, reader=Reader(), settings_overrides=QUIET)
    assert document["count"]
    assert document.deepcopy().pformat()
    assert core.publish_from_doctree(document, writer="html5")
    assert document.asdom().toxml()
    document.walkabout(nodes.SparseNodeVisitor(document))
    assert examples.html_body("text")
    assert examples.internals("text")


def speak() -> None:
    """Write in other languages."""
    for code in ("de", "fr", "ja", "ar", "pt-br", "xx"):
        text = ".. note:: x\n\n:date: 2020\n"
        assert publish(text, "html5", language_code=code)
        languages.get_language(code, utils.new_reporter("", settings()))
        rst.languages.get_language(code, utils.new_reporter("", settings()))
    assert publish(".. achtung:: x\n\n:betonung:`y`", "latex", language_code="de")


def settings() -> Any:
    """Return settings as a parser wants them."""
    return frontend.get_default_settings(rst.Parser)


def mistakes() -> None:
    """Read what is wrong."""
    assert publish(BROKEN, "html5", report_level=1, halt_level=5)
    try:
        core.publish_string(
            BROKEN,
            settings_overrides={
                "halt_level": 1,
                "traceback": True,
                "warning_stream": io.StringIO(),
            },
        )
    except utils.SystemMessage:
        pass
    assert publish(
        ".. include:: part.txt\n.. raw:: html\n\n   x",
        "html5",
        file_insertion_enabled=False,
        raw_enabled=False,
    )


def other_parsers() -> None:
    """Read other things than reStructuredText."""
    assert core.publish_string("text", parser=NullParser(), settings_overrides=QUIET)
    assert core.publish_string("<p>x</p>", parser="xml", settings_overrides=QUIET) is not None
    try:
        core.publish_string("# Title", parser="commonmark", settings_overrides=QUIET)
    except ImportError:
        pass
    parser = rst.Parser(rfc2822=True, inliner=states.Inliner())
    document = utils.new_document("x", settings())
    parser.parse("A: b\n\ntext", document)
    table = tableparser.SimpleTableParser()
    assert table.parse(statemachine.StringList(["== ==", "a  b", "== ==", "1  2", "== =="]))
    assert table.parse(statemachine.StringList(["== ==", "a  b", "== ==", "1  2", "== =="]))


def commands() -> None:
    """Ask as a person at a terminal does."""
    Path("in.rst").write_text(TEXT)
    Path("docutils.conf").write_text(
        "[general]\ndatestamp: %Y\n[html5 writer]\nmath_output: MathML\n"
    )
    core.publish_file(
        source_path="in.rst", destination_path="out.html", writer="html5", settings_overrides=QUIET
    )
    core.publish_cmdline(
        writer="latex", argv=["--quiet", "--halt=5", "--report=5", "in.rst", "out.tex"]
    )
    core.publish_parts(TEXT, writer="html5", settings_overrides=QUIET)
    source = docutils_io.FileInput(source_path="in.rst")
    assert source.read()
    assert docutils_io.StringInput("x").read()
    assert "x" in code_analyzer_text()
    assert list(smartquotes.educate_tokens([("plain", '"x"')]))
    assert latex2mathml.__name__
    assert unichar2tex.uni2tex_table
    assert writers.get_writer_class("html5")
    assert utils.relative_path("a/b", "a/c") == "c"
    assert utils.column_width("日本")
    assert frontend.OptionParser(components=(rst.Parser,)).get_default_values()


def code_analyzer_text() -> str:
    """Return code, as read by the lexer."""
    return "".join(text for _, text in code_analyzer.Lexer("x = 1", "python", "short"))


STAGES = (write, extend, transform, speak, mistakes, other_parsers, commands)
