"""The version of the advisor, and the commit that it was built from."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGE = "tune-or-prompt-advisor"


def installed_version() -> str:
    """The version of the installed package; `unknown` if the advisor runs from files that were not installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "unknown"


def built_commit() -> str:
    """The commit of an image or a wheel, in a file that their build writes; `unknown` elsewhere."""
    file = Path(__file__).parents[1] / "commit"
    return (file.is_file() and file.read_text(encoding="utf-8").strip()) or "unknown"
