"""The command line and the files together make the configuration."""

from pathlib import Path

import pytest

from pystatelint.cli.paths import ChosenPaths, chosen_paths
from pystatelint.cli.settings import configured
from pystatelint.cli.show_config import as_toml
from pystatelint.config.load import Loaded, load_file
from pystatelint.config.schema import Config
from pystatelint.errors import ConfigError, UsageError
from pystatelint.model.finding import Severity
from pystatelint.model.rule import Rule
from pystatelint.models.functions import Entry

RULES = (
    Rule(code="HMS101", name="instance-mutated-class-container", severity=Severity.ERROR),
    Rule(code="HMS290", name="module-cell-ledger", severity=Severity.INFO),
)


def effective(cwd: Path, **params: object) -> Config:
    return configured(params, (".",), cwd, RULES).config


def test_options_refine_the_file(tmp_path: Path) -> None:
    (tmp_path / "statelint.toml").write_text(
        'select = ["HMS1"]\nextend-ignore = ["HMS101"]\nstrict = true\nfail-on = "error"\n'
    )
    config = effective(
        tmp_path, select=("HMS290",), extend_ignore=("HMS2",), strict=False, fail_on=None
    )
    assert config.select == ("HMS290",)
    assert config.extend_ignore == ("HMS101", "HMS2")
    assert config.strict is False
    assert config.fail_on == "error"


def test_isolated_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "statelint.toml").write_text("this is no TOML")
    expected = Config(strict=True, environment="none")
    assert effective(tmp_path, isolated=True, strict=True) == expected


@pytest.mark.parametrize(
    ("said", "option", "expected"),
    [
        pytest.param("", None, "auto", id="nothing said"),
        pytest.param('environment = "none"', None, "none", id="a word of the file"),
        pytest.param('environment = "env"', None, "app/env", id="a folder beside the file"),
        pytest.param('environment = "env"', "other", "other", id="the option wins"),
    ],
)
def test_environment(tmp_path: Path, said: str, option: str | None, expected: str) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "statelint.toml").write_text(said)
    loaded = configured({"environment": option}, ("app",), tmp_path, RULES)
    assert loaded.config.environment == expected


def test_isolated_may_name_an_environment(tmp_path: Path) -> None:
    assert effective(tmp_path, isolated=True, environment="env").environment == "env"


def test_named_file_replaces_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "statelint.toml").write_text("this is no TOML")
    (tmp_path / "other.toml").write_text("strict = true")
    loaded = configured({"config": "other.toml"}, (".",), tmp_path, RULES)
    assert loaded == Loaded(Config(strict=True), ("other.toml",))


def test_file_nearest_to_the_paths_governs(tmp_path: Path) -> None:
    (tmp_path / "statelint.toml").write_text("")
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "statelint.toml").write_text("strict = true")
    loaded = configured({}, ("app",), tmp_path, RULES)
    assert loaded.files == ("app/statelint.toml",)
    assert loaded.config.strict


@pytest.mark.parametrize(
    ("params", "error", "message"),
    [
        pytest.param(
            {"select": ("HMS1O1",)},
            UsageError,
            "there is no rule 'HMS1O1'; did you mean 'HMS101'?",
            id="unknown code",
        ),
        pytest.param(
            {"per_file_ignores": {"a.py": ("module-cell-leger",)}},
            UsageError,
            "there is no rule 'module-cell-leger'; did you mean 'module-cell-ledger'?",
            id="unknown name for one file",
        ),
        pytest.param(
            {"config": "a.toml", "isolated": True},
            UsageError,
            "--config and --isolated exclude one another; leave one out",
            id="contradiction",
        ),
        pytest.param(
            {"config": "no.toml"},
            ConfigError,
            "no.toml: cannot read the configuration file: No such file or directory",
            id="no such file",
        ),
    ],
)
def test_mistakes(
    tmp_path: Path, params: dict[str, object], error: type[Exception], message: str
) -> None:
    with pytest.raises(error) as caught:
        effective(tmp_path, **params)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("paths", "stdin_filename", "expected"),
    [
        pytest.param((), None, ChosenPaths((".",), "", ()), id="no path"),
        pytest.param(("a.py",), None, ChosenPaths(("a.py",), "", ("a.py",)), id="a file"),
        pytest.param(("-",), None, ChosenPaths((), "<stdin>", (".",)), id="standard input"),
        pytest.param(("-",), "b/c.py", ChosenPaths((), "b/c.py", ("b/c.py",)), id="named"),
        pytest.param((), "c.py", ChosenPaths((), "c.py", ("c.py",)), id="name without dash"),
        pytest.param(
            ("a.py", "-"), "c.py", ChosenPaths(("a.py",), "c.py", ("a.py", "c.py")), id="both"
        ),
    ],
)
def test_chosen_paths(
    tmp_path: Path, paths: tuple[str, ...], stdin_filename: str | None, expected: ChosenPaths
) -> None:
    (tmp_path / "a.py").write_text("")
    assert chosen_paths(paths, stdin_filename, tmp_path) == expected


@pytest.mark.parametrize(
    ("paths", "stdin_filename", "message"),
    [
        pytest.param(("aa.py",), None, "'aa.py'; did you mean 'a.py'?", id="mistyped file"),
        pytest.param(("src/ap",), None, "'src/ap'; did you mean 'src/app'?", id="mistyped folder"),
        pytest.param(("no/such/x",), None, "'no/such/x'", id="nothing like it"),
        pytest.param(("rul",), None, "'rul'; did you mean 'rule'?", id="mistyped command"),
        pytest.param(
            ("check",),
            None,
            "'check'; a command stands before its options: statelint check ...",
            id="command after options",
        ),
    ],
)
def test_missing_paths(
    tmp_path: Path, paths: tuple[str, ...], stdin_filename: str | None, message: str
) -> None:
    (tmp_path / "a.py").write_text("")
    (tmp_path / "src" / "app").mkdir(parents=True)
    with pytest.raises(UsageError) as caught:
        chosen_paths(paths, stdin_filename, tmp_path)
    assert str(caught.value) == f"there is no file or folder {message}"


def test_name_of_standard_input_needs_standard_input(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("")
    with pytest.raises(UsageError, match="give the path - as well"):
        chosen_paths(("a.py",), "b.py", tmp_path)


@pytest.mark.parametrize(
    "config",
    [
        pytest.param(Config(), id="defaults"),
        pytest.param(
            Config(
                select=("HMS1", "HMS290"),
                strict=True,
                stateless={"app.*": (), 'a "b"\\c': ("x", "y")},
                per_file_ignores={"tests/*": ("ALL",)},
            ),
            id="tables and quotes",
        ),
        pytest.param(
            Config(
                strict=True,
                entry=(
                    Entry(kind="decorator", match="acme.job", role="task", model="P"),
                    Entry(kind="base", match="acme.Plugin", role="event", methods=("on_*",)),
                ),
            ),
            id="rows",
        ),
    ],
)
def test_printed_configuration_reads_back_the_same(tmp_path: Path, config: Config) -> None:
    (tmp_path / "statelint.toml").write_text(as_toml(Loaded(config, ("pyproject.toml",))))
    known = ("HMS101", "HMS290")
    assert load_file(tmp_path / "statelint.toml", tmp_path, known).config == config


def test_printed_configuration_names_its_files() -> None:
    text = as_toml(Loaded(Config(), ("base.toml", "statelint.toml")))
    assert text.startswith("# from base.toml, then statelint.toml\n")


def test_extended_file_is_in_the_effective_configuration_once(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('extend-select = ["HMS290"]\n')
    (tmp_path / "statelint.toml").write_text('extend = "base.toml"\n')
    assert effective(tmp_path) == Config(extend_select=("HMS290",))
