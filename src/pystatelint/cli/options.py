"""The command-line options, in groups that commands share."""

from collections.abc import Callable
from typing import Any

import click

from pystatelint.config.choices import FAIL_ON, LEDGER_FORMATS, MIN_CONFIDENCE, OUTPUT_FORMATS

COMMAND_SETTINGS = {
    "help_option_names": ["-h", "--help"],
    # `check` is the default command, so STATELINT_SELECT must not need its name.
    "auto_envvar_prefix": "STATELINT",
}

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def listed(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...] | None:
    """Return the items of a repeatable option with commas; None if it is not given."""
    parts = (part.strip() for value in values for part in value.split(","))
    return tuple(part for part in parts if part) if values else None


def by_glob(
    _context: click.Context, option: click.Parameter, values: tuple[str, ...]
) -> dict[str, tuple[str, ...]] | None:
    """Return ``tests/*:HMS1,HMS2`` as glob -> codes; None if it is not given."""
    pairs = [_glob_and_codes(pair, option) for value in values for pair in value.split()]
    globs = {glob for glob, _ in pairs}
    return {
        each: tuple(code for glob, codes in pairs if glob == each for code in codes)
        for each in sorted(globs)
    } or None


def _glob_and_codes(pair: str, option: click.Parameter) -> tuple[str, tuple[str, ...]]:
    glob, colon, codes = pair.rpartition(":")
    if not (glob and colon and codes):
        raise click.BadParameter(f"'{pair}' is not GLOB:CODE[,CODE...]", param=option)
    return glob, tuple(code for code in codes.split(",") if code)


def _list_option(name: str, metavar: str, text: str) -> Decorator:
    return click.option(name, multiple=True, callback=listed, metavar=metavar, help=text)


def _all_of(*options: Decorator) -> Decorator:
    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


paths_argument = click.argument("paths", nargs=-1, type=click.Path(), metavar="[PATH]...")

config_options = _all_of(
    click.option(
        "--config",
        metavar="FILE",
        type=click.Path(),
        help="Use this configuration file instead of the nearest.",
    ),
    click.option(
        "--isolated", is_flag=True, help="Read no configuration file and no installed library."
    ),
)

library_options = _all_of(
    click.option(
        "--environment",
        metavar="FOLDER",
        help="Where the project's libraries are installed: a virtual environment, auto or none.",
    ),
    click.option(
        "--deep/--no-deep",
        default=None,
        help="Ask astroid what functions of libraries return, for some seconds at most.",
    ),
)

selection_options = _all_of(
    _list_option("--select", "CODES", "Report these codes, prefixes or names only."),
    _list_option("--ignore", "CODES", "Leave these codes, prefixes or names out."),
    _list_option("--extend-select", "CODES", "Report these besides the selected."),
    _list_option("--extend-ignore", "CODES", "Leave these out besides the ignored."),
    click.option(
        "--per-file-ignores",
        multiple=True,
        callback=by_glob,
        metavar="GLOB:CODES",
        help="Leave codes out of the files of a glob; repeatable.",
    ),
    click.option(
        "--min-confidence",
        type=click.Choice(MIN_CONFIDENCE),
        help="Leave out findings that are less sure.",
    ),
)

strict_option = click.option(
    "--strict/--no-strict", default=None, help="Treat all code as declared stateless."
)

file_options = _all_of(
    _list_option("--exclude", "GLOBS", "Do not look into these, instead of the usual folders."),
    _list_option("--extend-exclude", "GLOBS", "Do not look into these either."),
    click.option(
        "--force-exclude/--no-force-exclude",
        default=None,
        help="Exclude also files that are named on the command line.",
    ),
    click.option(
        "--respect-gitignore/--no-respect-gitignore",
        default=None,
        help="Leave out what .gitignore names (the default), or do not.",
    ),
    click.option("--no-cache", is_flag=True, help="Do not read or write the cache."),
)

color_option = click.option(
    "--color",
    type=click.Choice(("auto", "always", "never")),
    default="auto",
    show_default=True,
    help="Colour standard output; auto heeds NO_COLOR and FORCE_COLOR.",
)

output_options = _all_of(
    click.option(
        "--output-format",
        "-f",
        type=click.Choice(OUTPUT_FORMATS),
        help="What standard output gets.",
    ),
    click.option(
        "--output",
        multiple=True,
        metavar="FORMAT:FILE",
        help="Write a report to a file, whole or not at all; repeatable; - is standard output.",
    ),
    click.option("--statistics", is_flag=True, help="Count the findings of each rule."),
    color_option,
    click.option("--quiet", "-q", is_flag=True, help="Print findings and errors, nothing else."),
)

ledger_filters = _all_of(
    _list_option("--verdict", "VERDICTS", "Print the cells with these verdicts only."),
    _list_option(
        "--kind",
        "KINDS",
        "Print these kinds only: module, class, default, contextvar, closure, cache.",
    ),
    _list_option("--module", "GLOBS", "Print the cells of these modules only; * crosses dots."),
    _list_option("--symbol", "GLOBS", "Print these cells only; the end of a name will do."),
    click.option("--written", is_flag=True, help="Print the cells only that run time writes."),
    click.option("--mutable", is_flag=True, help="Print the cells only whose value can change."),
)

# They are named like those of `check`, but not as parameters: STATELINT_OUTPUT=sarif:x is not
# meant for the ledger.
ledger_outputs = _all_of(
    click.option(
        "--output-format",
        "-f",
        "ledger_format",
        type=click.Choice(LEDGER_FORMATS),
        help="What standard output gets; text if nothing is said.",
    ),
    click.option(
        "--output",
        "ledger_output",
        multiple=True,
        metavar="FORMAT:FILE",
        help="Write the ledger to a file, whole or not at all; repeatable; - is standard output.",
    ),
    click.option(
        "--diff",
        metavar="BASE",
        type=click.Path(),
        help="Print what has changed since this ledger, written with --output json:BASE.",
    ),
    click.option(
        "--exit-non-zero-on-new",
        is_flag=True,
        help="With --diff: exit with status 1 if run time writes what it did not write.",
    ),
)

status_options = _all_of(
    click.option("--exit-zero", is_flag=True, help="Exit with status 0 even with findings."),
    click.option(
        "--fail-on",
        type=click.Choice(FAIL_ON),
        help="Exit with status 1 from this severity on.",
    ),
)

stdin_option = click.option(
    "--stdin-filename",
    metavar="FILE",
    type=click.Path(),
    help="What file standard input is; read it with the path -.",
)
