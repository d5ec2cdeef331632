"""Every exception that crosses our public edge."""


class StatelintError(Exception):
    """Root of all our exceptions; its text names the thing, the place, the next step."""


class ConfigError(StatelintError):
    """A configuration file or value cannot be used."""


class UsageError(StatelintError):
    """A command line or API call cannot be carried out."""


class SourceError(StatelintError):
    """A source file cannot be read, decoded or parsed.

    Attributes:
        reason: what is wrong, one line.
        line: 1-based line of the trouble, 1 if unknown.
        column: 0-based column of the trouble, 0 if unknown.
    """

    def __init__(self, reason: str, line: int = 1, column: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column
