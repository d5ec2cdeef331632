"""How is a file reported that cannot be analysed, as HMS090?"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from pystatelint.config.schema import Config
from pystatelint.config.selectors import config_for_file, decide
from pystatelint.engine.sources import Broken
from pystatelint.model.finding import Finding
from pystatelint.model.rule import Rule
from pystatelint.model.span import Span

CODE = "HMS090"
_REMEDY = (
    "make it readable Python, run statelint with the Python that it is written for, or leave it "
    "out with extend-exclude"
)


def unreadable(
    broken: Iterable[Broken], rules: Iterable[Rule], config: Config, cwd: Path
) -> Iterator[Finding]:
    """Yield one finding per file that could not be read, decoded or parsed."""
    rule = next(each for each in rules if each.code == CODE)
    for each in broken:
        if decide(rule.code, rule.name, rule.default, config_for_file(each.path, config, cwd)):
            error = each.error
            yield Finding(
                code=rule.code,
                name=rule.name,
                message=f"{each.path} is not analysed: {error.reason}",
                severity=rule.severity,
                confidence=rule.confidence,
                path=each.path,
                span=Span(error.line, error.column, error.line, error.column),
                symbol="",
                remedy=_REMEDY,
            )
