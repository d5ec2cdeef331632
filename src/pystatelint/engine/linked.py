"""Facts become a project, with what the configuration and the project's metadata add."""

from collections.abc import Iterator
from pathlib import Path

from pystatelint.config.choices import ProjectKind
from pystatelint.config.schema import Config
from pystatelint.engine.sources import Loaded
from pystatelint.link.build import link_and_tell
from pystatelint.link.knowledge import Knowledge, with_entries
from pystatelint.link.project import Project
from pystatelint.link.whys import Whys
from pystatelint.models.functions import Entry
from pystatelint.source.metadata import Metadata, metadata_around


def linked(loaded: Loaded, knowledge: Knowledge, config: Config, cwd: Path) -> Project:
    """Return the linked project; see `linked_and_told`."""
    return linked_and_told(loaded, knowledge, config, cwd)[0]


def linked_and_told(
    loaded: Loaded, knowledge: Knowledge, config: Config, cwd: Path
) -> tuple[Project, Whys]:
    """Return the linked project, and who can tell why its functions run.

    Args:
        loaded: what its files say.
        knowledge: what is known of code outside the project.
        config: the effective configuration.
        cwd: the folder that paths are relative to.
    """
    first = next((module.path for module in loaded.modules), None)
    metadata = Metadata() if first is None else metadata_around((cwd / first).parent)
    added = with_entries(knowledge, (*config.entry, *script_rows(metadata)))
    return link_and_tell(loaded.modules, added, kind_of(config, metadata))


def script_rows(metadata: Metadata) -> Iterator[Entry]:
    """Yield the rows that say which functions console scripts call."""
    for target in metadata.scripts:
        yield Entry(
            framework="packaging",
            kind="symbol",
            match=target.replace(":", "."),
            role="script",
            model="F",
            source="https://packaging.python.org/en/latest/specifications/entry-points/",
        )


def kind_of(config: Config, metadata: Metadata) -> ProjectKind:
    """Return what the project is: as configured, else as its metadata say."""
    return metadata.kind if config.project_kind == "auto" else config.project_kind
