"""The pages name files and folders that exist."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOP = ("bot", "dialogs", "knowledge", "tests", "infra", "docs")
QUOTED = re.compile(r"`([A-Za-z0-9_./-]+)`")
LINK = re.compile(r"\]\(([^)#\s:]+)(?:#[^)\s]*)?\)")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def quoted_paths(text: str) -> Iterator[str]:
    """Paths in backticks: those that begin with a top folder, and modules that stand in the same paragraph after one
    (`bot/turns/service.py`, `rate_limit.py`), in its folder."""
    for paragraph in text.split("\n\n"):
        folders: list[Path] = []
        for path in QUOTED.findall(paragraph):
            if path.split("/")[0] in TOP and "/" in path:
                folders.append(Path(path) if path.endswith("/") else Path(path).parent)
                yield path
            elif re.fullmatch(r"\w+\.py", path) and folders:
                yield next((f"{folder}/{path}" for folder in folders if (ROOT / folder / path).exists()), f"?/{path}")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_a_page_names_exists(page: Path) -> None:
    missing = [path for path in quoted_paths(page.read_text()) if not (ROOT / path).exists()]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    missing = [link for link in LINK.findall(page.read_text()) if not (page.parent / link).exists()]
    assert missing == []


def test_what_a_page_names_is_found() -> None:
    line = "`bot/turns/service.py`, `rate_limit.py`, `missing.py`; `dialogs/views/`; `bot/gone.py`; `x.py`"
    found = list(quoted_paths(line))
    assert found[:2] == ["bot/turns/service.py", "bot/turns/rate_limit.py"]
    assert [path for path in found if not (ROOT / path).exists()] == ["?/missing.py", "bot/gone.py", "?/x.py"]


def test_decisions_are_numbered_once_and_those_that_are_named_are_there() -> None:
    numbers = [page.name[:3] for page in (ROOT / "docs" / "decisions").glob("[0-9]*.md")]
    index = (ROOT / "docs" / "decisions" / "README.md").read_text()
    assert sorted(numbers) == sorted(set(numbers)) == re.findall(r"^\| \[(\d{3})\]", index, re.MULTILINE)
    sources = [*PAGES, ROOT / "pyproject.toml", *(file for top in TOP for file in (ROOT / top).rglob("*.py"))]
    named = {number for file in sources for number in re.findall(r"decisions?[/ ](\d{3})\b", file.read_text())}
    assert named - set(numbers) == set()


def test_every_page_is_on_somebodys_way() -> None:
    way = (ROOT / "README.md").read_text()
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"docs/{page.name})" not in way] == []


def test_every_command_is_in_the_table() -> None:
    table = (ROOT / "docs" / "commands.md").read_text()
    modules = [file for file in (ROOT / "bot" / "commands").glob("*.py") if "\ndef run(" in file.read_text()]
    assert [file.stem for file in modules if f"`advisor {file.stem.replace('_', '-')}" not in table] == []
