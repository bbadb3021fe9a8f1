"""A person at the page, in terms of what they do and not of what it is made of."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page
from yarl import URL

from bot.playground.page_build import PAGE

AXE = PAGE / "node_modules" / "axe-core" / "axe.min.js"

BUTTON = "[data-button='{}']"


class Visitor:
    """Works alike on both tabs: `tab` is Slack or Teams, `address` is as the server printed it.
    Every conversation is a new thread in a channel."""

    def __init__(self, page: Page, address: str, tab: str) -> None:
        self.page = page
        self.address = address
        self.origin = str(URL(address).origin())
        self.tab = tab
        self.clicks = 0

    def open(self) -> "Visitor":
        """Opens the page on the tab's channel."""
        self.page.goto(self.address)
        self.page.get_by_role("banner").first.wait_for()
        if self.tab == "Teams":
            self.click(self.page.get_by_role("button", name="Teams", exact=True))
        if self.page.locator("dialog[open]").count():  # left by whoever was here before
            self.page.keyboard.press("Escape")
        self.go_to("ai-ideas" if self.tab == "Slack" else "Product")
        return self

    def go_to(self, room: str) -> None:
        """Opens a room, on a narrow screen by way of the list."""
        rooms = self.page.get_by_role("navigation")
        if not rooms.is_visible():
            self.click(self.page.get_by_role("button", name="Show the list of rooms"))
        self.click(rooms.get_by_role("button", name=room))

    def click(self, place: Locator) -> None:
        """Clicks, and counts it."""
        self.clicks += 1
        place.click()

    @property
    def thread(self) -> Locator:
        """The conversation that is open, with its composer."""
        return (
            self.page.get_by_role("region", name="Thread") if self.tab == "Slack" else self.page.locator(".post").last
        )

    @property
    def card(self) -> Locator:
        """The newest message of the advisor in it."""
        return self.thread.get_by_role("article", name="Advisor").last

    def begin(self, text: str) -> None:
        """Mentions the advisor in the channel and waits for the answer."""
        field = self.page.get_by_label("Message #ai-ideas" if self.tab == "Slack" else "Start a post")
        before = self.page.locator(".replies, .post").count()
        field.fill(text)
        field.press("Enter")
        self.page.wait_for_function(
            "before => document.querySelectorAll('.replies, .post').length > before", arg=before
        )
        self.card.wait_for()

    def reply(self, text: str) -> None:
        """Types in the thread."""
        field = self.thread.get_by_label("Reply")
        field.fill(text)
        field.press("Enter")

    def button(self, action: str) -> Locator:
        """The button with this id, on the newest message that has it."""
        return self.thread.locator(BUTTON.format(action)).last

    def press(self, action: str) -> None:
        """Presses it once it is there."""
        self.click(self.button(action))

    def press_in(self, menu: str, action: str) -> None:
        """Opens the menu with this title on the newest message that has it, and presses what it holds."""
        self.click(self.thread.get_by_role("button", name=menu).last)
        self.press(action)

    def pick(self, label: str) -> None:
        """Picks from the menu of the newest message that has one."""
        self.click(self.thread.get_by_role("button", name="More options").last)
        self.click(self.page.get_by_role("menuitem", name=label))

    def sees(self, text: str) -> None:
        """Waits until the newest message has this text."""
        self.card.get_by_text(text).first.wait_for()

    def conversation(self) -> dict[str, Any]:
        """What is stored of the newest thread."""
        state = self.page.request.get(f"{self.origin}/playground/state").json()
        tab = self.tab.lower()
        room = next(room["id"] for room in state["rooms"][tab] if room["kind"] == "channel")
        message = self.thread.locator("[data-message]").first.get_attribute("data-message") or ""
        if self.tab == "Teams":
            message = self.page.locator("[data-message]:has(> .post)").last.get_attribute("data-message") or ""
        thread = message.rpartition(":")[2]
        asked = {"tab": tab, "person": "ana", "room": room, "thread": thread}
        return dict(self.page.request.get(f"{self.origin}/playground/conversation", params=asked).json())

    def picture(self, folder: Path, name: str) -> None:
        """Takes one of the page as it is, with the mouse out of the way."""
        self.page.mouse.move(0, 0)
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{self.tab.lower()}-{name}.png")

    def violations(self) -> list[str]:
        """What axe finds that is serious or worse, with where it is."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE.read_text())
        found = self.page.evaluate("axe.run()")["violations"]
        return [
            f"{violation['id']} ({violation['impact']}): {violation['nodes'][0]['target']} "
            f"{violation['nodes'][0]['failureSummary']}"
            for violation in found
            if violation["impact"] in ("serious", "critical")
        ]


@contextmanager
def without_trouble(page: Page) -> Iterator[None]:
    """Nothing may be said in the browser's console."""
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield
    assert said == []
