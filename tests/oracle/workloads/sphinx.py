"""Documentation with Sphinx: every builder, domains, extensions of our own, languages, mistakes."""

import io
import os
import shutil
import sys
from pathlib import Path

import sphinx.cmd.quickstart
from docutils import nodes
from docutils.parsers.rst import Directive
from pygments.lexer import RegexLexer
from pygments.token import Text
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.cmd.build import main as build_main
from sphinx.config import Config
from sphinx.domains import Domain, Index, ObjType
from sphinx.ext.apidoc import main as apidoc_main
from sphinx.ext.autodoc import ClassDocumenter
from sphinx.ext.napoleon import GoogleDocstring
from sphinx.locale import get_translation
from sphinx.roles import XRefRole
from sphinx.testing.util import SphinxTestApp
from sphinx.transforms import SphinxTransform
from sphinx.util import display, inspect, inventory, logging, rst, tags
from sphinx.util.docutils import SphinxDirective, docutils_namespace, patch_docutils
from sphinx.util.template import SphinxRenderer

CONF = """\
project = "Shop"
author = "Somebody"
extensions = [
    "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinx.ext.napoleon", "sphinx.ext.viewcode",
    "sphinx.ext.todo", "sphinx.ext.ifconfig", "sphinx.ext.mathjax", "sphinx.ext.graphviz",
    "sphinx.ext.doctest", "sphinx.ext.extlinks", "sphinx.ext.coverage", "sphinx.ext.duration",
    "sphinx.ext.autosectionlabel", "sphinx.ext.githubpages", "sphinx.ext.inheritance_diagram",
    "sphinx.ext.linkcode", "workloads.sphinx",
]
todo_include_todos = True
extlinks = {"issue": ("https://example.com/%s", "issue %s")}
html_theme = "alabaster"
autosummary_generate = True
numfig = True
def linkcode_resolve(domain, info):
    return "https://example.com/" + info.get("module", "")
"""
INDEX = """\
Shop
====

.. toctree::
   :numbered:
   :caption: Pages

   api
   other

Section
-------

:ref:`there <there>` :doc:`api` :term:`tea` :issue:`1` :numref:`picture` :py:func:`shop.price`
:kbd:`Ctrl+C` :guilabel:`OK` :menuselection:`A --> B` :pep:`8` :rfc:`1` :envvar:`HOME` :own:`x`
:download:`shop.py` :abbr:`TLA (three)` :math:`a^2` [Book]_ :eq:`one` :token:`expr` :option:`-v`

.. _there:

.. glossary::

   tea
      A drink.

.. index:: single: tea; green

.. code-block:: python
   :linenos:
   :emphasize-lines: 1

   print("x")

.. literalinclude:: shop.py
   :lines: 1-2

.. math:: a = b
   :label: one

.. versionadded:: 1
.. deprecated:: 2
   Use another.
.. seealso:: nothing
.. todo:: more
.. todolist::
.. only:: html

   only in HTML
.. productionlist::
   expr: "a" | expr
.. hlist::

   * a
   * b
.. tabularcolumns:: |l|l|
.. csv-table:: Table

   1, 2
.. _picture:
.. figure:: p.png

   A picture
.. shout:: hello
.. [Book] A book.
.. default-domain:: py
.. ifconfig:: numfig

   figures
"""
API = """\
API
===

.. py:module:: typed
.. py:function:: f(a: int, *, b: str = "x") -> list[int]
   :single-line-parameter-list:

   :param a: number
   :type a: int
   :returns: a list
   :raises ValueError: if not
.. py:class:: C(a)

   .. py:method:: m()
   .. py:attribute:: x
      :type: int
.. automodule:: shop
   :members:
   :show-inheritance:
.. autosummary::

   shop.price
.. c:function:: int main(int argc)
.. c:struct:: point

   .. c:member:: int x
.. cpp:class:: template<typename T> Box : public Base
.. cpp:function:: T get(int n = 3) const noexcept
.. js:function:: go(a, [b])
.. rst:directive:: thing
.. program:: shop
.. option:: -v, --verbose
.. envvar:: SHOP
.. describe:: what
.. shop:thing:: tea
"""
SOURCE = '''\
"""A shop."""

__all__ = ["Product", "price"]


class Product:
    """What is sold.

    Attributes:
        title (str): shown
    """

    #: how many
    stock: int = 0

    @property
    def dear(self) -> bool:
        """Whether it costs much."""
        return True


def price(product: Product, *, tax: float = 0.2) -> float:
    """Return a price.

    Args:
        product: what.

    >>> 1 + 1
    2
    """
    return 1 + tax
'''


class Shout(SphinxDirective):
    """A directive of our own."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return a paragraph."""
        return [nodes.paragraph(text=self.arguments[0].upper())]


class own(nodes.inline):  # noqa: N801 - nodes are called like this
    """A node of our own."""


class Thing(Directive):
    """Describes a thing of our domain."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return its description."""
        return [addnodes.desc_name(text=self.arguments[0])]


class Things(Index):
    """The index of our domain."""

    name = "things"
    localname = "Things"

    def generate(self, docnames: object = None) -> tuple[list[object], bool]:
        """Return nothing."""
        return [], False


class Shop(Domain):
    """A domain of our own."""

    name = "shop"
    label = "Shop"
    object_types = {"thing": ObjType("thing", "thing")}
    directives = {"thing": Thing}
    roles = {"thing": XRefRole()}
    indices = [Things]
    initial_data = {"things": []}


class ShopLexer(RegexLexer):
    """Colours a language of our own."""

    tokens = {"root": [(".", Text)]}


class Count(SphinxTransform):
    """Looks at documents."""

    default_priority = 999

    def apply(self, **more: object) -> None:
        """Count paragraphs."""
        self.document["count"] = len(list(self.document.findall(nodes.paragraph)))


def setup(app: Sphinx) -> dict[str, object]:
    """Add what is ours."""
    app.add_directive("shout", Shout)
    app.add_role("own", lambda *parts: ([own(text=parts[2])], []))
    app.add_node(own, override=True, html=(enter, leave), latex=(enter, leave), text=(enter, leave))
    app.add_domain(Shop)
    app.add_transform(Count)
    app.add_config_value("shop_open", True, "env", [bool])
    app.add_event("shop-visited")
    app.add_autodocumenter(ClassDocumenter, override=True)
    app.add_crossref_type("recipe", "recipe", "%s")
    app.add_object_type("dish", "dish")
    app.add_css_file("shop.css")
    app.add_js_file("shop.js")
    app.add_lexer("shop", ShopLexer)
    app.add_html_math_renderer("none", (enter, leave), (enter, leave))
    app.connect("source-read", lambda app, name, source: app.emit("shop-visited", name))
    app.connect("build-finished", lambda app, error: None)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def enter(self: object, node: nodes.Node) -> None:
    """Begin a node."""


leave = enter


def write_project() -> Path:
    """Write the documentation of the shop."""
    folder = Path.cwd() / "docs"
    folder.mkdir(exist_ok=True)
    (folder / "conf.py").write_text(CONF)
    (folder / "index.rst").write_text(INDEX)
    (folder / "api.rst").write_text(API)
    (folder / "other.rst").write_text(
        "Other\n=====\n\n.. missing:: x\n\n:nothing:`x` :doc:`none`\n"
    )
    (folder / "shop.py").write_text(SOURCE)
    os.environ["SOURCE_DATE_EPOCH"] = "1600000000"
    sys.path.insert(0, str(folder))
    return folder


def build(name: str, **more: object) -> Sphinx:
    """Build in one way."""
    folder = Path.cwd() / "docs"
    with patch_docutils(folder), docutils_namespace():
        app = Sphinx(
            folder,
            folder,
            folder.parent / "out" / name,
            folder.parent / "trees" / name,
            name,
            status=io.StringIO(),
            warning=io.StringIO(),
            **more,
        )
        app.build(force_all=True)
    return app


def html() -> None:
    """Build pages."""
    write_project()
    app = build("html", freshenv=True)
    assert (Path(app.outdir) / "index.html").exists()
    build(
        "html",
        confoverrides={"html_theme": "classic", "language": "de", "html_math_renderer": "none"},
    )
    build("singlehtml")
    build("dirhtml")


def other_builders() -> None:
    """Build everything else."""
    for name in (
        "text",
        "latex",
        "man",
        "texinfo",
        "xml",
        "pseudoxml",
        "epub",
        "gettext",
        "changes",
    ):
        build(name)
    for name in ("dummy", "json", "pickle", "coverage", "doctest", "linkcheck"):
        build(name, confoverrides={"linkcheck_ignore": [".*"]})


def commands() -> None:
    """Ask as a person at a terminal does."""
    sphinx.cmd.quickstart.main(["-q", "-p", "P", "-a", "A", "-v", "1", "fresh", "--sep"])
    apidoc_main(["-q", "-o", "generated", "docs"])
    assert build_main(["-q", "-b", "dummy", "fresh/source", "fresh/out"]) == 0
    assert build_main(["-q", "-b", "nothing", "docs", "out/none"]) == 2


def tools() -> None:
    """Use what else there is."""
    assert GoogleDocstring("Args:\n    a: b\n").lines()
    assert inspect.stringify_signature(inspect.signature(write_project))
    assert rst.escape("*a*")
    assert display.display_chunk([1, 2])
    assert tags.Tags(["a"]).eval_condition("a and not b")
    assert SphinxRenderer().render_string("{{ a }}", {"a": 1}) == "1"
    assert Config({}, {"project": "x"}).project == "x"
    get_translation("shop")("text")
    logging.getLogger("shop").warning("hidden", type="shop", subtype="x", once=True)
    assert inventory.InventoryFile.load(
        io.BytesIO(Path("out/html/objects.inv").read_bytes()), "", os.path.join
    )
    shutil.copytree("docs", "again")
    app = SphinxTestApp(srcdir=Path.cwd() / "again")
    app.build()
    app.cleanup()


STAGES = (html, other_builders, commands, tools)
