"""Facts become a project, with what the configuration and the project's metadata add."""

from pathlib import Path

from pystatelint.config.choices import ProjectKind
from pystatelint.config.schema import Config
from pystatelint.engine.sources import Loaded
from pystatelint.link.build import link
from pystatelint.link.knowledge import Knowledge
from pystatelint.link.records import Project
from pystatelint.source.metadata import Metadata, metadata_around


def linked(loaded: Loaded, knowledge: Knowledge, config: Config, cwd: Path) -> Project:
    """Return the linked project.

    Args:
        loaded: what its files say.
        knowledge: what is known of code outside the project.
        config: the effective configuration.
        cwd: the folder that paths are relative to.
    """
    first = next((module.path for module in loaded.modules), None)
    metadata = Metadata() if first is None else metadata_around((cwd / first).parent)
    return link(loaded.modules, knowledge, kind_of(config, metadata))


def kind_of(config: Config, metadata: Metadata) -> ProjectKind:
    """Return what the project is: as configured, else as its metadata say."""
    return metadata.kind if config.project_kind == "auto" else config.project_kind
