"""How does SARIF say where something is?"""

from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

from pystatelint.model.span import Span
from pystatelint.report.encodable import encodable
from pystatelint.report.sarif_records import (
    ArtifactLocation,
    Location,
    LogicalLocation,
    Message,
    PhysicalLocation,
    Region,
)

ROOT = "%SRCROOT%"
"""The name that code scanning knows for the root of the sources."""


def root(cwd: str) -> ArtifactLocation:
    """Return what `ROOT` stands for: the absolute folder `cwd`, if it is known."""
    described = Message(text="The folder that statelint ran in.")
    if not cwd:
        return ArtifactLocation(description=described)
    folder = cwd.replace("\\", "/") if is_windows(cwd) else cwd
    return ArtifactLocation(uri=file_uri(folder.rstrip("/") + "/"), description=described)


def location(path: str, span: Span, symbol: str) -> Location:
    """Return the one location of a result; `symbol` may be empty."""
    logical = (LogicalLocation(fully_qualified_name=encodable(symbol)),) if symbol else ()
    return Location(physical_location=physical(path, span), logical_locations=logical)


def told(path: str, span: Span, text: str) -> Location:
    """Return a location that says what happens there."""
    said = Message(text=encodable(text))
    return Location(physical_location=physical(path, span), message=said)


def whole_file(path: str) -> Location:
    """Return a location without a place in the file."""
    return Location(physical_location=PhysicalLocation(artifact_location=artifact(path)))


def physical(path: str, span: Span) -> PhysicalLocation:
    """Return file and region; a region's end is exclusive, as a span's is."""
    region = Region(
        start_line=span.line,
        start_column=span.column + 1,
        end_line=span.end_line,
        end_column=span.end_column + 1,
    )
    return PhysicalLocation(artifact_location=artifact(path), region=region)


def artifact(path: str) -> ArtifactLocation:
    """Return a file: relative to the root, unless its path is absolute."""
    if is_windows(path) or PurePosixPath(path).is_absolute():
        return ArtifactLocation(uri=file_uri(path))
    return ArtifactLocation(uri=percent_encoded(path), uri_base_id=ROOT)


def is_windows(path: str) -> bool:
    """Tell whether a path starts with a drive, as in ``C:/``."""
    return bool(PureWindowsPath(path).drive) and PureWindowsPath(path).is_absolute()


def file_uri(path: str) -> str:
    """Return the URI of an absolute path with forward slashes."""
    drive, colon, rest = path.partition(":") if is_windows(path) else ("", "", path)
    lead = "file:///" if drive else "file://"
    return lead + drive + colon + percent_encoded(rest)


def percent_encoded(path: str) -> str:
    """Return a path as a URI reference, undecodable bytes of file names included."""
    return quote(path, safe="/", errors="surrogateescape")
