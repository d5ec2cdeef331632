"""The part of SARIF 2.1.0 that we write, as records.

Names and nesting are the standard's (OASIS, sarif-v2.1.0-errata01). A field that
is left at its default is not written.
"""

from typing import Literal

import msgspec

Level = Literal["error", "warning", "note"]


class Record(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """What all our SARIF objects share: camelCase names, nothing written in vain."""


class Message(Record, frozen=True, kw_only=True):
    """Text, and the same as Markdown where viewers take it."""

    text: str
    markdown: str = ""


class ArtifactLocation(Record, frozen=True, kw_only=True):
    """A file, or what a base stands for."""

    uri: str = ""
    uri_base_id: str = ""
    description: Message | None = None


class Region(Record, frozen=True, kw_only=True):
    """A range of a file: 1-based, the end column exclusive."""

    start_line: int
    start_column: int
    end_line: int
    end_column: int


class PhysicalLocation(Record, frozen=True, kw_only=True):
    """A file and a range in it."""

    artifact_location: ArtifactLocation
    region: Region | None = None


class LogicalLocation(Record, frozen=True, kw_only=True):
    """A symbol."""

    fully_qualified_name: str


class Location(Record, frozen=True, kw_only=True):
    """A place; `id` is what links in messages name."""

    id: int | None = None
    physical_location: PhysicalLocation
    logical_locations: tuple[LogicalLocation, ...] = ()
    message: Message | None = None


class ThreadFlowLocation(Record, frozen=True, kw_only=True):
    """One step of the evidence."""

    location: Location
    kinds: tuple[str, ...] = ()
    execution_order: int | None = None


class ThreadFlow(Record, frozen=True, kw_only=True):
    """Steps in their order."""

    locations: tuple[ThreadFlowLocation, ...]


class CodeFlow(Record, frozen=True, kw_only=True):
    """The evidence of one result."""

    thread_flows: tuple[ThreadFlow, ...]


class Fingerprints(Record, frozen=True, kw_only=True):
    """Identity that survives moved lines."""

    primary_location_line_hash: str


class ResultProperties(Record, frozen=True, kw_only=True):
    """What SARIF has no field for."""

    confidence: str
    remedy: str = ""


class Result(Record, frozen=True, kw_only=True):
    """One finding."""

    rule_id: str
    rule_index: int | None = None
    level: Level
    message: Message
    locations: tuple[Location, ...]
    partial_fingerprints: Fingerprints | None = None
    code_flows: tuple[CodeFlow, ...] = ()
    related_locations: tuple[Location, ...] = ()
    properties: ResultProperties


class Configuration(msgspec.Struct, frozen=True, kw_only=True):
    """Not a `Record`: GitHub wants the level even where it is the standard's default."""

    enabled: bool
    level: Level


class RuleProperties(
    msgspec.Struct, frozen=True, kw_only=True, rename={"problem_severity": "problem.severity"}
):
    """What code scanning sorts and filters by."""

    precision: Literal["very-high", "high", "medium", "low"]
    problem_severity: Literal["error", "warning", "recommendation"]
    tags: tuple[str, ...]


class ReportingDescriptor(Record, frozen=True, kw_only=True):
    """One rule."""

    id: str
    name: str
    short_description: Message
    full_description: Message
    help: Message
    default_configuration: Configuration
    properties: RuleProperties


class Notification(Record, frozen=True, kw_only=True):
    """Something that went wrong, or was left out."""

    level: Level
    message: Message
    locations: tuple[Location, ...] = ()


class Invocation(Record, frozen=True, kw_only=True):
    """How the run went."""

    execution_successful: bool
    tool_execution_notifications: tuple[Notification, ...] = ()


class Driver(Record, frozen=True, kw_only=True):
    """The tool and its rules."""

    name: str
    version: str = ""
    rules: tuple[ReportingDescriptor, ...] = ()


class Tool(Record, frozen=True, kw_only=True):
    """What holds the driver."""

    driver: Driver


class AutomationDetails(Record, frozen=True, kw_only=True):
    """Which of several runs on one commit this is."""

    id: str


class Run(Record, frozen=True, kw_only=True):
    """One run of the tool."""

    tool: Tool
    automation_details: AutomationDetails
    invocations: tuple[Invocation, ...]
    original_uri_base_ids: dict[str, ArtifactLocation]
    column_kind: Literal["unicodeCodePoints"]
    results: tuple[Result, ...]


class Log(msgspec.Struct, frozen=True, kw_only=True, rename={"dialect": "$schema"}):
    """The whole file."""

    dialect: str
    version: str
    runs: tuple[Run, ...]
