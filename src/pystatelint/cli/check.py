"""`statelint check`: report hidden mutable state."""

import click

from pystatelint.cli.options import (
    COMMAND_SETTINGS,
    config_options,
    file_options,
    library_options,
    output_options,
    paths_argument,
    selection_options,
    status_options,
    stdin_option,
    strict_option,
)


@click.command("check", context_settings=COMMAND_SETTINGS)
@paths_argument
@selection_options
@strict_option
@config_options
@library_options
@file_options
@output_options
@status_options
@stdin_option
@click.pass_context
def command(context: click.Context, /, **_options: object) -> None:
    """Report hidden mutable state (the default command).

    PATH is a file or a folder; - is standard input; the default is the working
    directory. Files named one by one are reported on alone, yet the project
    around them is read for the proof.

    Exit status: 0 nothing found, 1 findings, 2 wrong usage, wrong configuration
    or an internal error.
    """
    from pystatelint.cli.run import run_check

    context.exit(run_check(context.params))
