"""Rows of ``[[tool.statelint.entry]]`` become records; mistakes name the row."""

from pathlib import Path

import pytest

from pystatelint.config.load import load_file, load_nearest
from pystatelint.config.schema import Config
from pystatelint.errors import ConfigError
from pystatelint.models.functions import Entry

JOB = Entry(kind="decorator", match="acme.job", role="task", model="P", sync_model="T")
ROW = '[[entry]]\nkind = "decorator"\nmatch = "acme.job"\nrole = "task"\nmodel = "P"\n'


def load(folder: Path, text: str) -> Config:
    (folder / "statelint.toml").write_text(text, "utf-8")
    return load_file(folder / "statelint.toml", folder, ()).config


@pytest.mark.parametrize("key", ["sync-model", "sync_model"])
def test_keys_may_be_spelt_either_way(tmp_path: Path, key: str) -> None:
    assert load(tmp_path, f'{ROW}{key} = "T"').entry == (JOB,)


def test_rows_of_an_extended_file_are_added(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text(ROW + 'sync-model = "T"', "utf-8")
    (tmp_path / "statelint.toml").write_text(
        'extend = "base.toml"\n[[entry]]\nkind = "symbol"\nmatch = "app.run"\nrole = "script"',
        "utf-8",
    )

    found = load_nearest(tmp_path, tmp_path, ()).config.entry

    assert found == (JOB, Entry(kind="symbol", match="app.run", role="script"))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param('entry = "app.run"', "statelint.toml:1: entry: expected a list", id="text"),
        pytest.param('entry = ["app.run"]', "statelint.toml:1: entry: expected a list", id="names"),
        pytest.param(ROW + "rool = 1", "row 1: unknown key rool; did you mean 'role'?", id="key"),
        pytest.param(
            f'{ROW}\n[[entry]]\nkind = "symbol"\nrole = "task"',
            "row 2: missing required field `match`",
            id="missing",
        ),
        pytest.param(
            ROW.replace('"task"', '"jobs"'), "row 1: Invalid enum value 'jobs'", id="role"
        ),
        pytest.param(ROW + "arg = 1", "row 1: arg or keyword goes with kind call-arg", id="arg"),
        pytest.param(
            ROW.replace("decorator", "call-arg"),
            "row 1: arg or keyword goes with kind call-arg",
            id="call without place",
        ),
    ],
)
def test_mistakes(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text)

    assert message in str(caught.value)
