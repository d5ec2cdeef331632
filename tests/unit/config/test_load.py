"""Configuration files become configurations; mistakes name file, line and key."""

from pathlib import Path

import pytest

from pystatelint.config.load import Loaded, load_file, load_nearest
from pystatelint.config.schema import DEFAULT_EXCLUDE, Config
from pystatelint.errors import ConfigError

KNOWN = ("HMS101", "instance-mutated-class-container", "HMS102", "HMS201", "HMS290")


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def load(folder: Path, text: str, name: str = "statelint.toml") -> Config:
    write(folder, {name: text})
    return load_file(folder / name, folder, KNOWN).config


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", Config(), id="empty file: the defaults"),
        pytest.param('select = ["HMS1"]', Config(select=("HMS1",)), id="list"),
        pytest.param(
            'select = "HMS1, HMS290,"', Config(select=("HMS1", "HMS290")), id="string with commas"
        ),
        pytest.param('extend-select = ["HMS290"]', Config(extend_select=("HMS290",)), id="kebab"),
        pytest.param('extend_select = ["HMS290"]', Config(extend_select=("HMS290",)), id="snake"),
        pytest.param("strict = true", Config(strict=True), id="truth value"),
        pytest.param('fail-on = "error"', Config(fail_on="error"), id="word of a closed set"),
        pytest.param(
            '[stateless]\n"app.services.*" = []\n"app.tools.Executor" = ["session"]',
            Config(stateless={"app.services.*": (), "app.tools.Executor": ("session",)}),
            id="table of patterns",
        ),
        pytest.param(
            '[stateless]\napp.tools.Executor = "session, log"',
            Config(stateless={"app.tools.Executor": ("session", "log")}),
            id="pattern without quotes, names in one string",
        ),
        pytest.param(
            '[per-file-ignores]\n"tests/*" = ["HMS101"]\n"a.py" = "ALL"',
            Config(per_file_ignores={"tests/*": ("HMS101",), "a.py": ("ALL",)}),
            id="table of globs",
        ),
        pytest.param(
            'per_file_ignores = { "tests/*" = ["HMS101"] }',
            Config(per_file_ignores={"tests/*": ("HMS101",)}),
            id="inline table",
        ),
    ],
)
def test_values(tmp_path: Path, text: str, expected: Config) -> None:
    assert load(tmp_path, text) == expected


def test_pyproject_table_is_read(tmp_path: Path) -> None:
    text = (
        '[project]\nname = "x"\n[tool.statelint]\nstrict = true\n[tool.statelint.stateless]\nx = []'
    )
    assert load(tmp_path, text, "pyproject.toml") == Config(strict=True, stateless={"x": ()})


def test_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "statelint.toml").write_bytes(b"\xef\xbb\xbfstrict = true\r\n")
    assert load_file(tmp_path / "statelint.toml", tmp_path, KNOWN).config.strict


PYPROJECT = '[project]\nname = "x"\n\n[tool.statelint]\n'


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        pytest.param(
            "pyproject.toml",
            PYPROJECT + 'strict = true\nselct = ["HMS1"]\n',
            "pyproject.toml:6: selct: unknown key; did you mean 'select'?",
            id="mistyped key",
        ),
        pytest.param(
            "statelint.toml",
            "# a comment\nfrobnicate = 1\n",
            "statelint.toml:2: frobnicate: unknown key",
            id="key like no other",
        ),
        pytest.param(
            "statelint.toml",
            "[statless]\nx = []\n",
            "statelint.toml:1: statless: unknown key; did you mean 'stateless'?",
            id="mistyped table",
        ),
        pytest.param(
            "statelint.toml",
            "extend-select = []\nextend_select = []\n",
            "statelint.toml:1: extend_select: written twice, as extend_select"
            " and in its other spelling",
            id="both spellings",
        ),
        pytest.param(
            "statelint.toml",
            'select = [\n  "HMS101",\n  "HMS1O2",\n]\n',
            "statelint.toml:3: select: there is no rule 'HMS1O2'; did you mean 'HMS102'?",
            id="unknown code, with the line of the value",
        ),
        pytest.param(
            "statelint.toml",
            'ignore = "HMS101, hms102"\n',
            "statelint.toml:1: ignore: there is no rule 'hms102'; did you mean 'HMS102'?",
            id="wrong case in a string",
        ),
        pytest.param(
            "statelint.toml",
            'extend-select = ["instance-mutated-class-contaner"]\n',
            "statelint.toml:1: extend-select: there is no rule 'instance-mutated-class-contaner';"
            " did you mean 'instance-mutated-class-container'?",
            id="mistyped name",
        ),
        pytest.param(
            "pyproject.toml",
            PYPROJECT + '\n[tool.statelint.per-file-ignores]\n"a.py" = []\n"b.py" = ["XYZ9"]\n',
            "pyproject.toml:8: per-file-ignores.b.py: there is no rule 'XYZ9';"
            " 'statelint rule' lists them",
            id="unknown code for one file",
        ),
        pytest.param(
            "statelint.toml",
            "\nselect = 3\n",
            "statelint.toml:2: select: expected a list of strings, or one string with commas,"
            " got 3",
            id="number for a list",
        ),
        pytest.param(
            "statelint.toml",
            'select = ["HMS101", 7]\n',
            "statelint.toml:1: select: expected a list of strings, or one string with commas,"
            ' got ["HMS101",7]',
            id="number in a list",
        ),
        pytest.param(
            "statelint.toml",
            'strict = "yes"\n',
            'statelint.toml:1: strict: expected true or false, got "yes"',
            id="string for a truth value",
        ),
        pytest.param(
            "statelint.toml",
            'fail-on = "eror"\n',
            "statelint.toml:1: fail-on: expected one of info, warning, error,"
            " got \"eror\"; did you mean 'error'?",
            id="severity that is none",
        ),
        pytest.param(
            "statelint.toml",
            'output_format = "jsonlines"\n',
            "statelint.toml:1: output_format: expected one of full, concise, json, jsonl, sarif,"
            " github, got \"jsonlines\"; did you mean 'jsonl'?",
            id="format that is none",
        ),
        pytest.param(
            "statelint.toml",
            "[stateless]\na = []\nb = true\n",
            "statelint.toml:3: stateless.b: expected a list of strings,"
            " or one string with commas, got true",
            id="wrong value in a table",
        ),
        pytest.param(
            "statelint.toml",
            'stateless = ["app.*"]\n',
            'statelint.toml:1: stateless: expected a table of lists of strings, got ["app.*"]',
            id="list for a table",
        ),
        pytest.param(
            "pyproject.toml",
            "[tool]\nstatelint = 3\n",
            "pyproject.toml:2: tool.statelint: expected a table of settings",
            id="our table is no table",
        ),
        pytest.param(
            "statelint.toml",
            "strict = true\nselect HMS\n",
            "statelint.toml:2: not valid TOML: Expected '=' after a key in a key/value pair",
            id="TOML with a mistake",
        ),
        pytest.param(
            "statelint.toml",
            'strict = true\nextend = "no.toml"\n',
            "statelint.toml:2: extend: there is no file no.toml",
            id="extends a file that is not there",
        ),
        pytest.param(
            "statelint.toml",
            'extend = "./statelint.toml"\n',
            "statelint.toml:1: extend: statelint.toml extends itself in the end",
            id="extends itself",
        ),
        pytest.param(
            "pyproject.toml",
            "[project]\nname = 'statelint-user'\n",
            "pyproject.toml: there is no table [tool.statelint] in it",
            id="named file without our table",
        ),
    ],
)
def test_mistakes(tmp_path: Path, name: str, text: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, text, name)
    assert str(caught.value) == message


def test_toml_that_ends_early_names_its_last_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^statelint\.toml:3: not valid TOML: "):
        load(tmp_path, "strict = true\nselect = [\n")


def test_file_that_is_not_utf8_names_the_line(tmp_path: Path) -> None:
    (tmp_path / "statelint.toml").write_bytes(b"strict = true\n# caf\xe9\n")
    with pytest.raises(ConfigError, match=r"^statelint\.toml:2: not UTF-8"):
        load_file(tmp_path / "statelint.toml", tmp_path, KNOWN)


def test_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        ConfigError, match=r"^no\.toml: cannot read the configuration file: No such"
    ):
        load_file(tmp_path / "no.toml", tmp_path, KNOWN)


def test_extend_is_refined_by_the_file_that_says_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "base.toml": 'select = ["HMS1"]\nextend-ignore = ["HMS101"]\nstrict = true\n'
            '[stateless]\n"a" = ["x"]\n"b" = []\n',
            "app/statelint.toml": 'extend = "../base.toml"\nselect = ["HMS2"]\n'
            'extend-ignore = ["HMS102"]\n[stateless]\n"a" = ["y"]\n',
        },
    )
    loaded = load_nearest(tmp_path / "app", tmp_path, KNOWN)
    assert loaded.files == ("base.toml", "app/statelint.toml")
    assert loaded.config.select == ("HMS2",)
    assert loaded.config.extend_ignore == ("HMS101", "HMS102")
    assert loaded.config.strict
    assert loaded.config.stateless == {"a": ("y",), "b": ()}


def test_extend_goes_through_several_files(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "one.toml": "strict = true\n",
            "two.toml": 'extend = "one.toml"\nrequire-reason = true\n',
            "statelint.toml": 'extend = "two.toml"\n',
        },
    )
    loaded = load_nearest(tmp_path, tmp_path, KNOWN)
    assert loaded.files == ("one.toml", "two.toml", "statelint.toml")
    assert (loaded.config.strict, loaded.config.require_reason) == (True, True)


def test_circle_of_extends_is_an_error_in_the_file_that_closes_it(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"one.toml": 'extend = "statelint.toml"\n', "statelint.toml": 'extend = "one.toml"\n'},
    )
    with pytest.raises(ConfigError, match=r"^one\.toml:1: extend: statelint\.toml extends itself"):
        load_nearest(tmp_path, tmp_path, KNOWN)


def test_paths_are_seen_from_the_working_directory(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "app/statelint.toml": 'src = ["."]\nexclude = ["gen/old", "vendor", "**/x/y"]\n'
            'test-paths = ["checks/"]\n'
            '[per-file-ignores]\n"web/*.py" = ["HMS1"]\n"conftest.py" = ["HMS2"]\n'
        },
    )
    config = load_nearest(tmp_path / "app", tmp_path, KNOWN).config
    assert config.src == ("app",)
    assert config.exclude == ("app/gen/old", "vendor", "**/x/y")
    assert config.test_paths == ("checks/",)
    assert config.per_file_ignores == {"app/web/*.py": ("HMS1",), "conftest.py": ("HMS2",)}


def test_defaults_are_seen_from_the_file_too(tmp_path: Path) -> None:
    write(tmp_path, {"statelint.toml": "strict = true\n", "src/app/a.py": ""})
    config = load_nearest(tmp_path / "src/app", tmp_path / "src/app", KNOWN).config
    assert config.src == ("../..", "..")
    assert config.exclude == DEFAULT_EXCLUDE


def test_no_file_means_the_defaults(tmp_path: Path) -> None:
    # A pyproject.toml without our table anywhere above must not count either.
    write(tmp_path, {"statelint.toml": "root = true\n", "a/pyproject.toml": "[tool.x]\n"})
    assert load_nearest(tmp_path / "a", tmp_path, KNOWN).config == Config(root=True)
    assert Loaded() == Loaded(config=Config(), files=())
