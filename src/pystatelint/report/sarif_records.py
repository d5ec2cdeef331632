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
    text: str
    markdown: str = ""


class ArtifactLocation(Record, frozen=True, kw_only=True):
    uri: str = ""
    uri_base_id: str = ""
    description: Message | None = None


class Region(Record, frozen=True, kw_only=True):
    start_line: int
    start_column: int
    end_line: int
    end_column: int


class PhysicalLocation(Record, frozen=True, kw_only=True):
    artifact_location: ArtifactLocation
    region: Region | None = None


class LogicalLocation(Record, frozen=True, kw_only=True):
    fully_qualified_name: str


class Location(Record, frozen=True, kw_only=True):
    id: int | None = None
    physical_location: PhysicalLocation
    logical_locations: tuple[LogicalLocation, ...] = ()
    message: Message | None = None


class ThreadFlowLocation(Record, frozen=True, kw_only=True):
    location: Location
    kinds: tuple[str, ...] = ()
    execution_order: int | None = None


class ThreadFlow(Record, frozen=True, kw_only=True):
    locations: tuple[ThreadFlowLocation, ...]


class CodeFlow(Record, frozen=True, kw_only=True):
    thread_flows: tuple[ThreadFlow, ...]


class Fingerprints(Record, frozen=True, kw_only=True):
    primary_location_line_hash: str


class ResultProperties(Record, frozen=True, kw_only=True):
    confidence: str
    remedy: str = ""


class Result(Record, frozen=True, kw_only=True):
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
    precision: Literal["very-high", "high", "medium", "low"]
    problem_severity: Literal["error", "warning", "recommendation"]
    tags: tuple[str, ...]


class ReportingDescriptor(Record, frozen=True, kw_only=True):
    id: str
    name: str
    short_description: Message
    full_description: Message
    help: Message
    default_configuration: Configuration
    properties: RuleProperties


class Notification(Record, frozen=True, kw_only=True):
    level: Level
    message: Message
    locations: tuple[Location, ...] = ()


class Invocation(Record, frozen=True, kw_only=True):
    execution_successful: bool
    tool_execution_notifications: tuple[Notification, ...] = ()


class Driver(Record, frozen=True, kw_only=True):
    name: str
    version: str = ""
    rules: tuple[ReportingDescriptor, ...] = ()


class Tool(Record, frozen=True, kw_only=True):
    driver: Driver


class AutomationDetails(Record, frozen=True, kw_only=True):
    id: str


class Run(Record, frozen=True, kw_only=True):
    tool: Tool
    automation_details: AutomationDetails
    invocations: tuple[Invocation, ...]
    original_uri_base_ids: dict[str, ArtifactLocation]
    column_kind: Literal["unicodeCodePoints"]
    results: tuple[Result, ...]


class Log(msgspec.Struct, frozen=True, kw_only=True, rename={"dialect": "$schema"}):
    dialect: str
    version: str
    runs: tuple[Run, ...]
