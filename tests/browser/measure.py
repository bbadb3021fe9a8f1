"""How fast the page is on this machine: `python -m tests.browser.measure ADDRESS`, against an advisor just started.

Times are what a person waits, in milliseconds: from the click or the key to the answer on the screen.
"""

import sys
from statistics import median
from typing import Any

from playwright.sync_api import Page, sync_playwright

from tests.browser import needs
from tests.browser.test_conversation import ANSWERS
from tests.browser.visitor import BUTTON, Visitor

WATCH = """([selector, text]) => new Promise(done => {
  const place = document.querySelector(selector);
  const begun = performance.now();
  const look = () => [...document.querySelectorAll('article')].some(one => one.innerText.includes(text));
  new MutationObserver((_, watcher) => {
    if (look()) { watcher.disconnect(); requestAnimationFrame(() => done(performance.now() - begun)); }
  }).observe(document.body, {childList: true, subtree: true, characterData: true});
  place.click();
})"""


def waited(page: Page, selector: str, text: str) -> float:
    """Clicks, and tells how long it took until some message had the text."""
    time: Any = page.evaluate(WATCH, [selector, text])
    return float(time)


def main(address: str) -> None:
    """Prints one line for each tab."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=needs.chromium(), args=["--no-sandbox"])
        for tab in ("Slack", "Teams"):
            page = browser.new_page()
            Visitor(page, address, tab).open()
            loaded = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
            first = waited(page, ".empty button", "Question 1 of 5")
            clicks = []
            for number, answer in enumerate(ANSWERS, 2):
                page.wait_for_selector(BUTTON.format(answer))
                next_text = f"Question {number} of 5" if number <= len(ANSWERS) else "What would change it"
                clicks.append(waited(page, BUTTON.format(answer), next_text))
            print(
                f"{tab}: loaded {loaded:.0f}, first answer {first:.0f}, "
                f"clicks {median(clicks):.0f} (median), {max(clicks):.0f} (longest)"
            )
            page.close()
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
