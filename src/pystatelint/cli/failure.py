"""Turn whatever a command raises into one clear line and an exit status."""

import os
from collections.abc import Callable

import click

from pystatelint.errors import StatelintError

FAILURE = 2
"""Exit status of a usage, configuration or internal error."""


def guarded(run: Callable[[], object]) -> int:
    """Return the exit status of a run; failures are told on standard error."""
    try:
        status = run()
    except (click.exceptions.Abort, KeyboardInterrupt):
        return _tell("interrupted; nothing is reported")
    except click.ClickException as error:
        return _tell(f"error: {_usage(error)}")
    except StatelintError as error:
        return _tell(f"error: {error}")
    except Exception as error:  # noqa: BLE001 - the last border before the user
        return _tell(f"internal error: {_internal(error)}")
    return status if isinstance(status, int) else 0


def _tell(text: str) -> int:
    click.echo(f"statelint: {' '.join(text.split())}", err=True)
    return FAILURE


def _usage(error: click.ClickException) -> str:
    message = error.format_message().rstrip(".")
    context = getattr(error, "ctx", None)
    return f"{message}; see '{context.command_path} --help'" if context else message


def _internal(error: Exception) -> str:
    import traceback

    if os.environ.get("STATELINT_TRACEBACK"):
        click.echo(traceback.format_exc(), err=True, nl=False)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    return (
        f"{type(error).__name__}: {error}{place};"
        " set STATELINT_TRACEBACK=1 to see where, and report it, please"
    )
