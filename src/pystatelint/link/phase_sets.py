"""Sets of phases, as numbers while they go round the call graph."""

from pystatelint.link.records import Phase

BITS = {phase: 1 << number for number, phase in enumerate(Phase)}
"""One bit per phase."""

SETS = tuple(
    frozenset(phase for phase, bit in BITS.items() if bits & bit) for bits in range(1 << len(BITS))
)
"""The set of phases that a number stands for."""

IN_ORDER = {found: tuple(sorted(found, key=lambda phase: phase.value)) for found in SETS}
"""Each set of phases as records show it."""

IMPORT, INIT, RUN, TEST, MAIN = (BITS[phase] for phase in Phase)

ASSUMED = 1 << len(BITS)
"""At run time, if at all: nobody is known to start what leads there."""


def shown(bits: int) -> frozenset[Phase]:
    """Return the phases that bits stand for; what is assumed to run runs at run time."""
    return SETS[(bits | RUN) % ASSUMED if bits & ASSUMED else bits]
