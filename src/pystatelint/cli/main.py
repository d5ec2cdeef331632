"""The entry point `statelint`."""

import sys

from pystatelint.version import VERSION_LINE


def main() -> None:
    """Run the command line of this process."""
    if sys.argv[1:] == ["--version"]:
        # Asked for by every hook and editor; click takes longer than the answer.
        sys.stdout.write(f"{VERSION_LINE}\n")
        return

    from pystatelint.cli.group import cli

    cli.main(prog_name="statelint")
