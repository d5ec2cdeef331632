"""The group of commands: find the sub-command, load it, report its failure."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

from pystatelint.cli.failure import guarded
from pystatelint.version import VERSION, VERSION_LINE

COMMANDS = ("check", "config", "explain", "ledger", "rule")
"""Each is the module of the same name beside this file, with its `command`."""

_OWN_OPTIONS = ("--help", "-h", "--version", "-V")


class LazyGroup(click.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - of click
        """Return the names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - of click
        """Import the command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"pystatelint.cli.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, with `check` where no command is named."""
        return super().parse_args(ctx, with_command(args))

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run and exit; every failure becomes one line and an exit status."""
        extra["standalone_mode"] = False
        raise SystemExit(guarded(lambda: super(LazyGroup, self).main(*args, **extra)))


def with_command(args: Sequence[str]) -> list[str]:
    """Return the arguments with a command in front: ``src`` means ``check src``."""
    if args and args[0] in (*COMMANDS, *_OWN_OPTIONS):
        return list(args)
    return ["check", *args]


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    options_metavar="[--version] [--help]",
    subcommand_metavar="[COMMAND] [ARGS]...",
)
@click.version_option(VERSION, "-V", "--version", message=VERSION_LINE)
def cli() -> None:
    """Find hidden mutable state in Python, and prove it.

    `statelint PATH...` is short for `statelint check PATH...`. A file that is named
    like a command needs a separator: `./check`.
    """
