"""How is the evidence of a finding told?"""

from collections.abc import Callable, Iterator

from pystatelint.model.finding import Finding, Step, StepKind
from pystatelint.report.excerpt import excerpt
from pystatelint.report.frame import Canvas
from pystatelint.report.glyphs import visible, wrapped
from pystatelint.report.palette import Palette, painted

INDENT = "  "
QUOTE = "| "


def trail(
    finding: Finding, read_lines: Callable[[str], tuple[str, ...]], canvas: Canvas
) -> Iterator[str]:
    """Yield the numbered steps, each with its place and its source line.

    A source line that was shown just before is not repeated.
    """
    steps = [step for step in finding.trail if step.kind is not StepKind.FIX]
    shown = (finding.path, finding.span.line)
    for number, step in enumerate(steps, 1):
        label = f"{INDENT}{number:>{len(str(len(steps)))}}. "
        yield from sentence(label, step, canvas)
        place = (step.path, step.span.line)
        if place != shown:
            yield from source(step, read_lines(step.path), " " * len(label), canvas)
        shown = place


def sentence(label: str, step: Step, canvas: Canvas) -> Iterator[str]:
    """Yield what a step says and where, wrapped under its number."""
    place = f"({visible(step.path)}:{step.span.line})"
    lines = wrapped(f"{visible(step.text)} {place}", canvas.width - len(label))
    lead = painted(label, canvas.palette.strong)
    for line in lines:
        body = line.removesuffix(place)
        tail = painted(place, canvas.palette.faint) if body != line else ""
        yield lead + body + tail
        lead = " " * len(label)


def source(step: Step, lines: tuple[str, ...], margin: str, canvas: Canvas) -> Iterator[str]:
    """Yield the source line of a step, with its span in a strong colour."""
    line = "".join(lines[step.span.line - 1 : step.span.line])
    if not line.strip():
        return
    cut = len(line) - len(line.lstrip())
    end = step.span.end_column if step.span.end_line == step.span.line else len(line)
    start, end = max(step.span.column - cut, 0), max(end - cut, 0)
    shown = excerpt(line[cut:], start, end, canvas.width - len(margin) - len(QUOTE))
    quote = painted(QUOTE, canvas.palette.faint)
    yield margin + quote + shown.before + painted(shown.span, canvas.palette.strong) + shown.after


def remedies(finding: Finding, canvas: Canvas) -> Iterator[str]:
    """Yield the cure: the remedy, or else the fixes that the trail ends with."""
    fixes = tuple(step.text for step in finding.trail if step.kind is StepKind.FIX)
    for text in (finding.remedy,) if finding.remedy else fixes:
        yield from remedy(text, canvas.width, canvas.palette)


def remedy(text: str, columns: int, palette: Palette) -> Iterator[str]:
    """Yield one cure, wrapped under its label."""
    label = f"{INDENT}help: "
    lead = painted(label, palette.help)
    for line in wrapped(visible(text), columns - len(label)):
        yield lead + line
        lead = " " * len(label)
