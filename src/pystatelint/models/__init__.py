"""What is known of other people's code: data tables and their typed loader."""

from pystatelint.models.tables import Tables, load_tables

__all__ = ["Tables", "load_tables"]
