"""Run statelint as ``python -m pystatelint``."""

from pystatelint.cli.main import main

if __name__ == "__main__":
    main()
