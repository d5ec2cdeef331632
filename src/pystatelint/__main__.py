"""Run statelint as ``python -m pystatelint``."""

import os
import sys

if __name__ == "__main__":
    home = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    if not sys.flags.safe_path and os.path.realpath(sys.path[0]) != home:
        # The working directory holds what is analysed: its json.py is not for us to import.
        del sys.path[0]

    from pystatelint.cli.main import main

    main()
