"""The version of the advisor."""

from importlib.metadata import PackageNotFoundError, version

PACKAGE = "tune-or-prompt-advisor"


def installed_version() -> str:
    """The version of the installed package; `unknown` if the advisor runs from files that were not installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "unknown"
