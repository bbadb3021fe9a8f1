"""The version of the advisor, and the commit that it was built from."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

COMMIT = Path(__file__).parents[1] / "commit"
"""Written by what builds an image or a wheel."""

PACKAGE = "tune-or-prompt-advisor"


def installed_version() -> str:
    """The version of the installed package; `unknown` if the advisor runs from files that were not installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "unknown"


def built_commit() -> str:
    """The commit of an image or a wheel; `unknown` elsewhere."""
    return (COMMIT.read_text(encoding="utf-8").strip() if COMMIT.is_file() else "") or "unknown"
