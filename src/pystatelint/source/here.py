"""Which folder does the process work in?"""

import os
from pathlib import Path

from pystatelint.errors import UsageError


def working_folder() -> Path:
    """Return the working directory, absolute.

    Raises:
        UsageError: it was deleted under our feet, or cannot be entered.
    """
    try:
        return Path(os.getcwd())
    except OSError as error:
        raise UsageError(
            f"the working directory cannot be used: {str(error.strerror).lower()}; "
            "change to a folder that exists"
        ) from error
