"""A table as one HTML page that needs nothing else: no network, no other file."""

from html import escape

from pystatelint.report.glyphs import visible
from pystatelint.report.meaning import MEANINGS
from pystatelint.report.table import Table

STYLE = """
:root { color-scheme: light dark; --line: #d0d7de; --faint: #59636e; --head: #f6f8fa;
  --bad: #b3261e; --care: #8a5a00; --good: #1a7f37; }
@media (prefers-color-scheme: dark) { :root { --line: #3d444d; --faint: #9198a1; --head: #151b23;
  --bad: #ff8a80; --care: #e3b341; --good: #57ab5a; } }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 90rem;
  padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0; }
p { color: var(--faint); margin: .3rem 0 1rem; }
input { font: inherit; padding: .4rem .6rem; width: min(30rem, 100%); box-sizing: border-box;
  border: 1px solid var(--line); border-radius: 6px; }
output { color: var(--faint); margin-left: .6rem; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; margin: 1rem 0; }
th, td { text-align: left; padding: .35rem .7rem; border-bottom: 1px solid var(--line);
  vertical-align: top; }
th { background: var(--head); position: sticky; top: 0; white-space: nowrap; }
th button { all: unset; cursor: pointer; font-weight: 600; }
th button:focus-visible { outline: 2px solid; }
th[aria-sort=ascending] button::after { content: " \\2191"; }
th[aria-sort=descending] button::after { content: " \\2193"; }
td { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
td.bad { color: var(--bad); } td.care { color: var(--care); } td.good { color: var(--good); }
details { color: var(--faint); } dt { font-family: ui-monospace, monospace; float: left;
  clear: left; min-width: 11rem; } dd { margin: 0 0 .2rem 11rem; }
"""

SCRIPT = """
const body = document.querySelector("tbody");
const rows = [...body.rows];
const texts = rows.map(row => row.textContent.toLowerCase());
const box = document.querySelector("input");
const shown = document.querySelector("output");
function filter() {
  const words = box.value.toLowerCase().split(/\\s+/);
  let count = 0;
  rows.forEach((row, index) => {
    row.hidden = !words.every(word => texts[index].includes(word));
    count += !row.hidden;
  });
  shown.value = count + " of " + rows.length + " shown";
}
box.addEventListener("input", filter);
document.querySelectorAll("th").forEach((head, column) => head.addEventListener("click", () => {
  const up = head.getAttribute("aria-sort") !== "ascending";
  document.querySelectorAll("th").forEach(each => each.removeAttribute("aria-sort"));
  head.setAttribute("aria-sort", up ? "ascending" : "descending");
  const order = new Intl.Collator(undefined, { numeric: true });
  const key = row => row.cells[column].textContent;
  const sorted = [...rows].sort((a, b) => order.compare(key(a), key(b)));
  (up ? sorted : sorted.reverse()).forEach(row => body.append(row));
}));
filter();
"""

TONES = {
    "runtime": "bad",
    "runtime-guarded": "care",
    "registry": "good",
    "const": "good",
    "declarative": "good",
    "immutable": "good",
    "safe-holder": "good",
}
"""Last word of a verdict column -> class of its cell; the others are not proven."""


def html_page(table: Table) -> str:
    """Return the whole page; every text in it is escaped."""
    return "".join(
        (
            '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            # Even a text that would escape its cell could load or send nothing.
            '<meta http-equiv="Content-Security-Policy" content="',
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n",
            f"<title>{safe(table.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n",
            f"<h1>{safe(table.title)}</h1>\n<p>{safe(table.summary)}</p>\n",
            '<input type="search" placeholder="Filter: all of these words" ',
            'aria-label="Filter the rows">\n<output></output>\n',
            f"<table>\n{_head(table.headings)}<tbody>\n",
            *(_row(row, table.headings) for row in table.rows),
            f"</tbody>\n</table>\n{_legend()}<script>{SCRIPT}</script>\n",
            "</body>\n</html>\n",
        )
    )


def safe(text: str) -> str:
    """Return a text that is nothing but text, in an element and in an attribute."""
    return escape(visible(text), quote=True)


def _head(headings: tuple[str, ...]) -> str:
    cells = "".join(
        f'<th scope="col"><button type="button">{safe(each)}</button></th>' for each in headings
    )
    return f"<thead><tr>{cells}</tr></thead>\n"


def _row(row: tuple[str, ...], headings: tuple[str, ...]) -> str:
    cells = "".join(
        f"<td{_tone(text) if heading == 'verdict' else ''}>{safe(text)}</td>"
        for text, heading in zip(row, headings, strict=True)
    )
    return f"<tr>{cells}</tr>\n"


def _tone(verdict: str) -> str:
    tone = TONES.get(verdict.rpartition(" ")[2])
    return f' class="{tone}"' if tone else ""


def _legend() -> str:
    terms = "".join(
        f"<dt>{safe(word)}</dt><dd>{safe(text)}</dd>\n" for word, text in MEANINGS.items()
    )
    return f"<details><summary>What the verdicts mean</summary>\n<dl>\n{terms}</dl></details>\n"
