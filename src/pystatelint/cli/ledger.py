"""`statelint ledger`: print every cell with its verdict, or what has changed."""

import click

from pystatelint.cli.options import (
    COMMAND_SETTINGS,
    config_options,
    file_options,
    ledger_filters,
    ledger_outputs,
    library_options,
    paths_argument,
    strict_option,
)


@click.command("ledger", context_settings=COMMAND_SETTINGS)
@paths_argument
@ledger_filters
@ledger_outputs
@strict_option
@config_options
@library_options
@file_options
@click.pass_context
def command(context: click.Context, /, **_options: object) -> None:
    """Print every cell of module, class and default with its verdict.

    A cell is storage that outlives one call; the rows are sorted by symbol. A cell is
    printed if all filters that are given let it pass.

    With --diff, the changes since an earlier ledger are printed instead: new cells,
    cells that run time newly writes or no longer writes, other verdicts, and cells
    that are gone.

    Exit status: 0 whatever the verdicts are, 1 with --exit-non-zero-on-new if run
    time writes a cell that it did not write before, 2 if something failed.
    """
    from pystatelint.cli.run_ledger import run_ledger

    context.exit(run_ledger(context.params))
