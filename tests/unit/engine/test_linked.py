"""What the configuration and the files beside a package add to the code."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from pystatelint.api import analyse
from pystatelint.config.schema import Config
from pystatelint.models.functions import Entry

SHOP = {
    "shop/__init__.py": "",
    "shop/cli.py": "from shop.store import keep\n\n\ndef start():\n    keep('x')\n",
    "shop/store.py": "kept = []\n\n\ndef keep(name):\n    kept.append(name)\n",
}
SCRIPT = '[project]\nname = "shop"\n[project.scripts]\nshop = "shop.cli:start"\n'
SCRIPT_ROW = Entry(kind="symbol", match="shop.cli.start", role="script")


@pytest.mark.parametrize(
    ("files", "config", "codes"),
    [
        pytest.param({}, Config(), ["HMS201"], id="nobody says anything"),
        pytest.param({"pyproject.toml": SCRIPT}, Config(), [], id="console script"),
        pytest.param({}, Config(entry=(SCRIPT_ROW,)), [], id="script by configuration"),
        pytest.param(
            {"pyproject.toml": "[tool.uv]\npackage = false"}, Config(), [], id="never packaged"
        ),
        pytest.param(
            {"pyproject.toml": "[tool.uv]\npackage = false"},
            Config(min_confidence="low"),
            ["HMS201"],
            id="never packaged, but asked for",
        ),
        pytest.param(
            {"pyproject.toml": "[tool.uv]\npackage = false"},
            Config(project_kind="library"),
            ["HMS201"],
            id="never packaged, but imported all the same",
        ),
        pytest.param({}, Config(project_kind="application"), [], id="application"),
    ],
)
def test_who_calls_in(
    tmp_path: Path, files: Mapping[str, str], config: Config, codes: list[str]
) -> None:
    for name, text in {"statelint.toml": "", **SHOP, **files}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")

    report = analyse([tmp_path / "shop"], config, cwd=tmp_path)

    assert [each.code for each in report.findings] == codes
