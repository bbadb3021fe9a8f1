"""Opens a page in the browser."""

import sys
import webbrowser
from collections.abc import Mapping


def open_browser(environment: Mapping[str, str], address: str) -> None:
    """Shows a page where somebody sits at a screen: a browser in a terminal would take that over."""
    at_screen = sys.platform == "darwin" or environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")
    if at_screen and not environment.get("SSH_CONNECTION"):
        webbrowser.open(address)
