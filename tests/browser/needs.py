"""What these tests need and a machine may lack: Chromium, and the page, which Node.js builds (`make page`)."""

import shutil
from collections.abc import Iterator

from bot.playground import page_build

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser of this machine, if it has one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def missing() -> Iterator[str]:
    """What is not there, and how to get it."""
    if chromium() is None:
        yield "no Chromium: apt install chromium"
    if not page_build.is_built():
        yield "the page is not built: make page"
