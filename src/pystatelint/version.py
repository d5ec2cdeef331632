"""The version of the package, for whoever must not pay for looking it up."""

VERSION = "0.1.0"

VERSION_LINE = f"statelint {VERSION} (pystatelint)"
