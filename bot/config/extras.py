"""The error if an extra that is needed is not installed, and the context manager that raises it."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.config.version import PACKAGE

_OWN = ("bot", "dialogs", "knowledge")


class ExtraMissing(Exception):
    """Something needs packages that are not installed; the message names the extra that brings them."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs packages that are not installed: install the advisor with its extra `{extra}`, "
            f"as in pip install '{PACKAGE}[{extra}]'."
        )


@contextmanager
def needing(extra: str, what: str) -> Iterator[None]:
    """Raises ExtraMissing if an import within fails because a third-party package is missing."""
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in _OWN:
            raise
        raise ExtraMissing(what, extra) from error
