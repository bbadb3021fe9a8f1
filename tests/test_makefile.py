"""`make` and the .venv that is there already."""

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

MAKEFILE = Path(__file__).parents[1] / "Makefile"
PYTHON = Path(sys._base_executable)  # type: ignore[attr-defined]

OUTER = ("MAKEFLAGS", "MAKELEVEL", "PYTHON", "VENV")
"""What a `make` that runs the tests would hand on."""


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Has .venv made, and nothing installed in it."""
    command = ["make", "-f", str(MAKEFILE), ".venv/pyvenv.cfg", *words]
    ours = {name: value for name, value in os.environ.items() if name not in OUTER}
    return subprocess.run(command, cwd=folder, env=ours, capture_output=True, text=True)


def put(python: Path, text: str) -> None:
    """A program of a shell's lines."""
    python.unlink(missing_ok=True)
    python.write_text(f"#!/bin/sh\n{text}\n")
    python.chmod(0o755)


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A .venv that was made with our Python, as far as make looks: making a whole one takes seconds."""
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    put(venv / "bin" / "python", f'exec "{sys.executable}" "$@"')
    for name in ("pyvenv.cfg", "mark"):
        (venv / name).touch()
    return venv


def test_it_stays_with_the_same_python_and_where_none_is_asked_for(made: Path) -> None:
    assert make(made.parent, f"PYTHON={PYTHON}").returncode == 0
    assert make(made.parent).returncode == 0
    assert (made / "mark").exists()


@pytest.mark.whole
def test_it_is_made_anew_where_its_python_is_gone(made: Path) -> None:
    python = made / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3")
    done = make(made.parent)
    said = ".venv was made with a Python that no longer runs; it is made anew with python3.\n"
    assert (done.returncode, done.stderr) == (0, said)
    assert not (made / "mark").exists()
    assert subprocess.run([python, "-c", "import pip"]).returncode == 0


@pytest.mark.whole
def test_it_is_made_anew_where_another_python_is_asked_for(made: Path) -> None:
    put(made / "bin" / "python", "echo Python 3.11 of elsewhere")
    done = make(made.parent, f"PYTHON={PYTHON}")
    assert done.returncode == 0
    assert done.stderr.startswith(".venv was made with Python 3.11 of elsewhere; it is made anew with ")
    assert not (made / "mark").exists()


def test_a_python_that_is_missing_is_named_and_costs_nothing(made: Path) -> None:
    done = make(made.parent, "PYTHON=/nowhere/python3")
    assert done.returncode == 2
    assert "Python 3.11 to 3.14 is needed; /nowhere/python3 is older, newer" in done.stderr
    assert (made / "mark").exists()


def test_a_python_without_wheels_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    newer = tmp_path / "python3.15"
    put(newer, f'exec "{PYTHON}" -c "import sys; sys.version_info = (3, 15, 0); exec(sys.argv[1])" "$2"')
    done = make(tmp_path, f"PYTHON={newer}")
    assert done.returncode == 2
    assert f"{newer} is older, newer (some packages have no wheels for 3.15 yet)" in done.stderr
    assert not (tmp_path / ".venv").exists()
    assert (
        tomllib.loads((MAKEFILE.parent / "pyproject.toml").read_text())["project"]["requires-python"] == ">=3.11,<3.15"
    )
