"""The tables, read once for the tests of this folder."""

import pytest

from pystatelint.models import Tables, load_tables


@pytest.fixture(scope="session")
def tables() -> Tables:
    return load_tables()
