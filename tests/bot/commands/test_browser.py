"""Opening a page in the browser."""

import pytest

from bot.commands import serve


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({"DISPLAY": ":0"}, ["http://here/"]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ["http://here/"]),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "1.2.3.4 5 6.7.8.9 22"}, []),
        ({}, []),
    ],
)
def test_a_browser_is_opened_only_where_somebody_sits_at_a_screen(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], shown: list[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(serve.webbrowser, "open", opened.append)
    monkeypatch.setattr(serve.sys, "platform", "linux")
    serve.open_browser(environment, "http://here/")
    assert opened == shown
