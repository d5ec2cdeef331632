"""Why a cell is reported, or not, for people."""

from collections.abc import Iterable, Iterator

import msgspec

from pystatelint.model.explanation import (
    CellAccount,
    Explanation,
    JudgedFinding,
    Outcome,
    RuleAccount,
    Silence,
    WriteAccount,
)
from pystatelint.model.finding import Step, StepKind
from pystatelint.model.span import Span
from pystatelint.model.wording import counted
from pystatelint.report.explanation_record import explanation_record
from pystatelint.report.frame import INDENT, Canvas, frame
from pystatelint.report.glyphs import visible, width, wrapped
from pystatelint.report.meaning import meaning
from pystatelint.report.options import RenderOptions
from pystatelint.report.palette import ANSI, PLAIN, painted
from pystatelint.report.trail import source

LONGEST_LABEL = 24
"""Columns of a label up to which its text stands beside it."""

MOST_PLACES = 3
"""Places of an exemption that are shown before the others are counted."""

CHANGES = {True: ", which can change", False: ", which cannot change", None: ""}
BLOCKS = (
    ("out of sight", "escapes"),
    ("unresolved writes may be to it", "vetoes"),
    ("instances have an attribute of this name of their own", "shadows"),
)


def explanation_json(told: Explanation) -> str:
    """Return an explanation as a JSON object."""
    encoded = msgspec.json.encode(explanation_record(told))
    return msgspec.json.format(encoded, indent=2).decode() + "\n"


def explanation_text(told: Explanation, options: RenderOptions) -> str:
    """Return an explanation with the source that it speaks of."""
    palette = ANSI if options.color else PLAIN
    canvas = Canvas(options.width, palette, palette.info)
    blocks = ["\n".join(wrapped(visible(told.note), canvas.width))] if told.note else []
    blocks += ["\n\n".join(_cell(cell, options, canvas)) for cell in told.cells]
    if told.others:
        blocks.append("\n".join(_others(told.others, canvas)))
    return "\n\n".join(blocks) + "\n"


def _cell(cell: CellAccount, options: RenderOptions, canvas: Canvas) -> Iterator[str]:
    """Yield the sections about one cell."""
    yield "\n".join(_heading(cell, canvas))
    if rows := tuple(frame(options.read_lines(cell.path), cell.span, canvas)):
        yield "\n".join(rows)
    yield "\n".join(item(f"verdict {cell.verdict}:", meaning(cell.verdict), canvas, margin=""))
    yield "\n".join(_writes(cell, options, canvas))
    for title, name in BLOCKS:
        if steps := getattr(cell, name):
            yield "\n".join(_steps(title, steps, canvas))
    yield "\n".join((strong("rules:", canvas), *_rules(cell, canvas)))


def _heading(cell: CellAccount, canvas: Canvas) -> Iterator[str]:
    declared = f"declared {' and '.join(cell.declared)}, " if cell.declared else ""
    where = "bound at" if cell.bound else "made by the write at"
    text = (
        f"{cell.kind} cell, {declared}holds {visible(cell.value)}{CHANGES[cell.mutable]}; "
        f"{where} {place(cell.path, cell.span)}"
    )
    yield strong(visible(cell.symbol), canvas)
    yield from (INDENT + line for line in wrapped(text, canvas.width - len(INDENT)))


def _writes(cell: CellAccount, options: RenderOptions, canvas: Canvas) -> Iterator[str]:
    """Yield every write, numbered, with its source and what leads to it."""
    number = len(cell.writes)
    title = f"written in {counted(number, 'place')}:" if number else "written nowhere in sight"
    yield strong(title, canvas)
    for position, write in enumerate(cell.writes, start=1):
        label = f"{position:>{len(str(number))}}."
        step = Step(StepKind.WRITE, write.path, write.span, write.text)
        margin = " " * (len(INDENT) + len(label) + 1)
        yield from item(label, f"{_act(write)} ({place(write.path, write.span)})", canvas)
        yield from source(step, options.read_lines(write.path), margin, canvas)
        for text in _circumstances(write):
            yield from (margin + line for line in wrapped(text, canvas.width - len(margin)))


def _act(write: WriteAccount) -> str:
    """Return when who does what, through what."""
    phases = ", ".join(write.phases) or "never called"
    below = f" to {visible(write.inner)} below it" if write.inner else ""
    return f"{phases}: {visible(write.function)}, {write.action} through {write.receiver}{below}"


def _circumstances(write: WriteAccount) -> Iterator[str]:
    yield from map(told_step, write.aliases)
    if write.guarded:
        yield f"under {' and '.join(map(visible, write.guarded))}"
    if write.from_parameter:
        yield "the key or value comes from a caller"
    if write.reached_from is not None:
        yield told_step(write.reached_from)
    yield from (f"why {phase}: {told_step(step)}" for phase, step in write.because)


def _steps(title: str, steps: Iterable[Step], canvas: Canvas) -> Iterator[str]:
    yield strong(f"{title}:", canvas)
    for step in steps:
        yield from item("-", told_step(step), canvas)


def _rules(cell: CellAccount, canvas: Canvas) -> Iterator[str]:
    """Yield what the rules made of the cell; those that say the same share a row."""
    silent: dict[str, list[str]] = {}
    for rule in cell.rules:
        for judged in rule.findings:
            yield from item(rule.code, _fate(judged), canvas)
        for text in _silences(rule, len(cell.writes)):
            silent.setdefault(text, []).append(rule.code)
    for text, codes in silent.items():
        yield from item(", ".join(codes), text, canvas)


def _fate(judged: JudgedFinding) -> str:
    """Return what becomes of a finding."""
    finding = judged.finding
    if judged.hidden:
        return f"found, yet not printed: {visible(judged.hidden)}"
    mild = "" if judged.fails else ", milder than fail-on"
    return (
        f"reported as {finding.severity.value} with {finding.confidence.value} confidence{mild} "
        f"({place(finding.path, finding.span)})"
    )


def _silences(rule: RuleAccount, writes: int) -> Iterator[str]:
    """Yield why a rule is silent about the cell, or about some of its writes."""
    match rule.outcome:
        case Outcome.LEFT:
            yield f"silent: {rule.left_to} has it to report"
        case Outcome.GROUPED:
            yield "reported in one finding with another attribute of the class"
        case _:
            pass
    what = "not counted" if rule.findings else "silent"
    yield from (f"{what}: {_reason(each, writes)}" for each in rule.silences)


def _reason(silence: Silence, writes: int) -> str:
    """Return an exemption with the places of the writes that it is for, unless it is for all."""
    places = [place(step.path, step.span) for step in silence.places]
    more = len(places) - MOST_PLACES
    shown = [*places[:MOST_PLACES], *([f"{more} more"] if more > 0 else [])]
    where = f" ({', '.join(shown)})" if 0 < len(places) < writes else ""
    return f"{silence.reason} [{silence.exemption}]{where}"


def _others(others: Iterable[JudgedFinding], canvas: Canvas) -> Iterator[str]:
    yield strong("also reported for this line:", canvas)
    for judged in others:
        yield from item(judged.finding.code, visible(judged.finding.message), canvas)


def told_step(step: Step) -> str:
    """Return what a step says, and where."""
    return f"{visible(step.text)} ({place(step.path, step.span)})"


def place(path: str, span: Span) -> str:
    """Return ``path:line``."""
    return f"{visible(path)}:{span.line}"


def strong(text: str, canvas: Canvas) -> str:
    """Return a text that stands out."""
    return painted(text, canvas.palette.strong)


def item(label: str, text: str, canvas: Canvas, margin: str = INDENT) -> Iterator[str]:
    """Yield a text behind its label, its lines below one another."""
    hang = " " * (len(margin) + width(label) + 1)
    if width(label) > LONGEST_LABEL:
        hang = margin + INDENT
        yield from (margin + strong(line, canvas) for line in wrapped(label, canvas.width))
        yield from (hang + line for line in wrapped(text, canvas.width - len(hang)))
        return
    lead = f"{margin}{strong(label, canvas)} "
    for line in wrapped(text, canvas.width - len(hang)):
        yield lead + line
        lead = hang
