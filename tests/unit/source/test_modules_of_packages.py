"""A folder without ``__init__`` inside a package belongs to the package."""

from pathlib import Path

from pystatelint.source.modules import module_names
from pystatelint.source.roots import import_roots


def test_namespace_between_two_packages_is_no_root(tmp_path: Path) -> None:
    telemetry = tmp_path / "app" / "utils" / "telemetry"
    telemetry.mkdir(parents=True)
    for folder in (tmp_path / "app", telemetry):
        (folder / "__init__.py").touch()
    redis = tmp_path / "app" / "utils" / "redis.py"
    redis.touch()
    files = (tmp_path / "app" / "__init__.py", telemetry / "__init__.py", redis)
    roots = import_roots(files, (".", "src"), None, cwd=tmp_path)
    names = module_names(files, roots, tmp_path)
    assert names[redis] == "app.utils.redis"
    assert names[telemetry / "__init__.py"] == "app.utils.telemetry"
