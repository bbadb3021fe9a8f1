"""A browser and a server for the tests of a module, a fresh window for each test."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.bot.run import environment
from tests.browser import needs
from tests.browser.visitor import Visitor, without_trouble
from tests.patience import HUNG

HERE = Path(__file__).parent

UNLIMITED = """import sys
from bot.turns.rate_limit import RateLimit, RateLimitResult
RateLimit.check = lambda *_: RateLimitResult.ALLOWED
from bot.commands import main
sys.exit(main())"""
"""The program without a rate limit: what tests press in a minute, no person may, and a refused press waits in vain."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Says why tests here cannot run."""
    missing = "; ".join(needs.missing())
    for item in items:
        if missing and HERE in item.path.parents:
            item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where an advisor without credentials listens."""
    folder = tmp_path_factory.mktemp("advisor")
    with subprocess.Popen(
        [sys.executable, "-c", UNLIMITED, "serve"],
        env=environment(folder, ADVISOR_PORT="0", ADVISOR_LOG_LEVEL="warning"),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        last = next(line for line in process.stdout if line.startswith("Talk to it: "))
        yield last.removeprefix("Talk to it: ").strip()
        process.terminate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium without a window. Not for longer: while it is open, no other test of the process can run a loop."""
    missing = "; ".join(needs.missing())
    assert not missing, missing
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=needs.chromium(), args=["--no-sandbox"], timeout=HUNG * 1000
        )
        expect.set_options(timeout=HUNG * 1000)
        yield started
        started.close()


@pytest.fixture
def window(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens windows; whatever is said in their consoles fails the test."""
    with ExitStack() as stack:

        def opened(**options: object) -> Page:
            # axe is not among the scripts that the page allows itself.
            context = browser.new_context(bypass_csp=True, **{"viewport": {"width": 1360, "height": 860}, **options})
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(HUNG * 1000)
            stack.enter_context(without_trouble(page))
            return page

        yield opened


@pytest.fixture(params=["Slack", "Teams"])
def visitor(request: pytest.FixtureRequest, window: Callable[..., Page], address: str) -> Visitor:
    """Somebody on each of the tabs."""
    return Visitor(window(), address, request.param).open()
