"""What an installation holds: every command works from a wheel, in a folder with nothing in it."""

import json
import shutil
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.commands import argument_parser
from tests.bot.run import COMMAND, environment
from tests.patience import HUNG
from tests.serving import address, serving, status

ROOT = Path(__file__).parents[1]
LEFT_BEHIND = {".py", ".pyc"}
PLAYGROUND = ROOT / "bot" / "playground"
"""Its page is built in a checkout; what was built goes into the wheel."""

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOGIN = {
    "MICROSOFT_APP_ID": "11111111-2222-3333-4444-555555555555",
    "MICROSOFT_APP_PASSWORD": "p",
    "MICROSOFT_APP_TENANT_ID": "0b7e9a4e-0000-4000-8000-000000000001",
}


def test_every_data_file_is_packaged() -> None:
    data = PROJECT["tool"]["setuptools"]["package-data"]
    missing = [
        str(file.relative_to(ROOT))
        for package in ("bot", "dialogs", "knowledge")
        for file in (ROOT / package).rglob("*")
        if file.is_file()
        and file.suffix not in LEFT_BEHIND
        and PLAYGROUND not in file.parents
        and not any(fnmatch(str(file.relative_to(ROOT / package)), pattern) for pattern in data.get(package, []))
    ]
    assert missing == []


def test_all_takes_every_extra_that_the_advisor_runs_with() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    (everything,) = extras["all"]
    named = everything.partition("[")[2].rstrip("]").split(",")
    assert sorted(named) == sorted(extras.keys() - {"all", "fit", "model"})


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy, so that the checkout stays as it is."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "checkout"
    unwanted = shutil.ignore_patterns("node_modules", "__pycache__")
    for name in ("bot", "dialogs", "knowledge", "infra"):
        shutil.copytree(ROOT / name, copy / name, symlinks=True, ignore=unwanted)
    for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, copy / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
    offline = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, *offline, "--wheel-dir", folder, copy], check=True, capture_output=True, timeout=HUNG)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds what the wheel installs."""
    folder = tmp_path_factory.mktemp("installed")
    with ZipFile(wheel) as packed:
        packed.extractall(folder)
    return folder


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A folder with nothing in it to work in."""
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def run(installed: Path, empty: Path, *words: str, typed: str = "", **settings: str) -> str:
    """What a command of the wheel prints."""
    variables = environment(empty.parent, **settings) | {"PYTHONPATH": str(installed)}
    done = subprocess.run(
        [*COMMAND, *words], input=typed, capture_output=True, text=True, env=variables, cwd=empty, timeout=HUNG
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.whole
def test_it_is_the_wheel_that_runs(installed: Path, empty: Path) -> None:
    program = "import bot, dialogs, knowledge; print(bot.__file__, dialogs.__file__, knowledge.__file__)"
    variables = environment(empty.parent) | {"PYTHONPATH": str(installed)}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=variables, cwd=empty
    )
    assert all(file.startswith(str(installed)) for file in done.stdout.split())


@pytest.mark.whole
def test_the_wheel_says_what_it_is(installed: Path) -> None:
    (info,) = installed.glob("*.dist-info")
    assert {file.name for file in (info / "licenses").iterdir()} == {"LICENSE", "NOTICE"}
    metadata = (info / "METADATA").read_text()
    assert "License-Expression: Apache-2.0" in metadata
    for extra in PROJECT["project"]["optional-dependencies"]:
        assert f"Provides-Extra: {extra}\n" in metadata
    for package in ("bot", "dialogs", "knowledge"):
        assert (installed / package / "py.typed").is_file()


@pytest.mark.whole
def test_its_commands_run(installed: Path, empty: Path) -> None:
    assert run(installed, empty, "--version") == f"advisor {PROJECT['project']['version']}\n"
    assert "Question 1 of 5" in run(installed, empty, "chat", typed="start\n")
    assert "Domain" in run(installed, empty, "triage", "summaries of radiology reports")
    said = run(installed, empty, "slack-manifest", "--address", "https://advisor.example")
    assert json.loads(said)["settings"]["interactivity"]["request_url"] == "https://advisor.example/slack/events"
    run(installed, empty, "teams-package", **LOGIN)
    with ZipFile(empty / "advisor-teams.zip") as package:
        assert sorted(package.namelist()) == ["color.png", "manifest.json", "outline.png"]
        assert json.loads(package.read("manifest.json"))["id"] == LOGIN["MICROSOFT_APP_ID"]


@pytest.mark.whole
def test_serve(installed: Path, empty: Path) -> None:
    with serving(empty.parent, PYTHONPATH=str(installed)) as (_, said):
        assert status(f"{address(said)}/readyz") == 200


def test_every_command_has_its_module() -> None:
    commands = next(action for action in argument_parser.parser()._actions if action.dest == "command")
    assert {f"{name.replace('-', '_')}.py" for name in commands.choices or ()} <= {
        file.name for file in (ROOT / "bot" / "commands").glob("*.py")
    }
