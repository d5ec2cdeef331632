"""How often was each code found?"""

from collections import Counter

from pystatelint.model.report import Report
from pystatelint.report.glyphs import visible


def tally(report: Report) -> str:
    """Return one line per code: number, code, name; the most frequent first."""
    numbers = Counter((finding.code, finding.name) for finding in report.findings)
    ranked = sorted(numbers.items(), key=lambda entry: (-entry[1], entry[0]))
    digits = max((len(str(number)) for _, number in ranked), default=0)
    return "".join(
        f"{number:>{digits}}  {visible(code)}  {visible(name)}\n" for (code, name), number in ranked
    )
