"""`statelint explain`: say why a cell is reported, or why not."""

import click

from pystatelint.cli.options import (
    COMMAND_SETTINGS,
    color_option,
    config_options,
    file_options,
    library_options,
    paths_argument,
    selection_options,
    strict_option,
)


@click.command("explain", context_settings=COMMAND_SETTINGS)
@click.argument("question", metavar="PATH:LINE|SYMBOL")
@paths_argument
@click.option(
    "--output-format",
    "-f",
    "answer_format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print.",
)
@color_option
@selection_options
@strict_option
@config_options
@library_options
@file_options
@click.pass_context
def command(context: click.Context, /, **_options: object) -> None:
    """Say why a cell is reported, or why it is not.

    PATH:LINE asks for what is bound or written on that line, or else on the nearest;
    SYMBOL is a qualified name such as app.chat.Chat.history, or the end of one.
    Then follow the paths to analyse; the default is PATH, with the project around
    it, or the working directory.

    Printed are the verdict, every write, what blocks a proof, and what each rule
    made of the cell. The exit status is 0, or 2 if something failed or nothing is
    meant.
    """
    from pystatelint.cli.run_explain import run_explain

    context.exit(run_explain(context.params))
