"""The human format: every finding with its source and its proof."""

from collections.abc import Iterator

from pystatelint.model.finding import Finding
from pystatelint.model.report import Report, ReportError
from pystatelint.report.frame import INDENT, Canvas, frame
from pystatelint.report.glyphs import visible, wrapped
from pystatelint.report.options import RenderOptions
from pystatelint.report.palette import ANSI, PLAIN, Palette, painted, severity_colour
from pystatelint.report.summary import summary
from pystatelint.report.trail import remedies, trail


def render(report: Report, options: RenderOptions) -> str:
    """Return findings, failures and a closing sentence, with blank lines between."""
    palette = ANSI if options.color else PLAIN
    blocks = [block(finding, options, palette) for finding in report.findings]
    if report.errors:
        blocks.append("\n".join(failure(error, palette) for error in report.errors))
    blocks.append(summary(report))
    return "\n\n".join(blocks) + "\n"


def block(finding: Finding, options: RenderOptions, palette: Palette) -> str:
    """Return one finding: header, message, frame, trail, remedy."""
    canvas = Canvas(options.width, palette, severity_colour(palette, finding.severity))
    parts = (
        (header(finding, canvas), *message(finding, canvas)),
        tuple(frame(options.read_lines(finding.path), finding.span, canvas)),
        tuple(trail(finding, options.read_lines, canvas)),
        tuple(remedies(finding, canvas)),
    )
    return "\n\n".join("\n".join(rows) for rows in parts if rows)


def header(finding: Finding, canvas: Canvas) -> str:
    """Return the first row: where, how bad, which rule."""
    span = finding.span
    place = f"{visible(finding.path)}:{span.line}:{span.column + 1}:"
    label = painted(f"{finding.severity.value}[{visible(finding.code)}]", canvas.mark)
    return f"{painted(place, canvas.palette.strong)} {label} {visible(finding.name)}"


def message(finding: Finding, canvas: Canvas) -> Iterator[str]:
    """Yield the message, wrapped."""
    for line in wrapped(visible(finding.message), canvas.width - len(INDENT)):
        yield INDENT + line


def failure(error: ReportError, palette: Palette) -> str:
    """Return one row about something that failed."""
    place = f"{visible(error.path)}: " if error.path else ""
    return (
        f"{place}{painted(f'{error.kind.value} failure', palette.error)}: {visible(error.message)}"
    )
