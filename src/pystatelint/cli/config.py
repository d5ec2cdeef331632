"""`statelint config`: print the effective configuration."""

import click

from pystatelint.cli.options import (
    COMMAND_SETTINGS,
    config_options,
    file_options,
    library_options,
    paths_argument,
    selection_options,
    strict_option,
)


@click.command("config", context_settings=COMMAND_SETTINGS)
@paths_argument
@click.option(
    "--output-format",
    "-f",
    "print_format",
    type=click.Choice(("toml", "json")),
    default="toml",
    show_default=True,
    help="How to print.",
)
@click.option("--schema", is_flag=True, help="Print the JSON schema of the configuration instead.")
@selection_options
@strict_option
@config_options
@library_options
@file_options
@click.pass_context
def command(context: click.Context, /, *, schema: bool, **_options: object) -> None:
    """Print the configuration that holds, and where it comes from."""
    from pystatelint.cli.output import print_text
    from pystatelint.cli.show_config import shown_config, shown_schema

    print_text(shown_schema() if schema else shown_config(context.params))
