"""`statelint ledger`: print every cell with its verdict."""

import click

from pystatelint.cli.options import (
    COMMAND_SETTINGS,
    config_options,
    file_options,
    listed,
    paths_argument,
    strict_option,
)


@click.command("ledger", context_settings=COMMAND_SETTINGS)
@paths_argument
@click.option(
    "--output-format",
    "-f",
    "table_format",
    type=click.Choice(("table", "json")),
    default="table",
    show_default=True,
    help="How to print.",
)
@click.option(
    "--verdict",
    multiple=True,
    callback=listed,
    metavar="VERDICTS",
    help="Print the cells with these verdicts only.",
)
@click.option("--written", is_flag=True, help="Print the cells only that are written at run time.")
@click.option("--mutable", is_flag=True, help="Print the cells only whose value can change.")
@strict_option
@config_options
@file_options
@click.pass_context
def command(context: click.Context, /, **_options: object) -> None:
    """Print every cell of module, class and default with its verdict.

    A cell is storage that outlives one call. The exit status is 0 whatever the
    verdicts are, and 2 if something failed.
    """
    from pystatelint.cli.run_ledger import run_ledger

    context.exit(run_ledger(context.params))
