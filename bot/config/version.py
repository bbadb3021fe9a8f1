"""Which version of the advisor this is."""

from importlib.metadata import PackageNotFoundError, version

PACKAGE = "tune-or-prompt-advisor"


def installed_version() -> str:
    """The version of the installed package; `unknown` where its files lie about without having been installed."""
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "unknown"
