"""A file of ideas is sent, comes back with verdicts, and its board can be looked at, on both tabs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.test_looks import PICTURES
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.whole

TABLE = "text,data\nslogans for shoes,no\nletters to guests,\npoems,purple\n"


@pytest.mark.parametrize("tab", ["Slack", "Teams"])
def test_a_file_comes_back_judged(window: Callable[..., Page], address: str, tab: str, tmp_path: Path) -> None:
    file = tmp_path / "ideas.csv"
    file.write_text(TABLE)
    visitor = Visitor(window(viewport={"width": 1280, "height": 1000}), address, tab).open()
    visitor.go_to("Advisor")
    page = visitor.page
    page.get_by_label("Send a file").last.set_input_files(file)
    page.get_by_text("2 ideas").first.wait_for()
    if tab == "Teams":
        visitor.click(page.get_by_role("button", name="Allow"))
    judged = page.get_by_role("link", name="ideas-judged.csv").last
    with page.expect_download() as download:
        judged.click()
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("text,data,verdict")
    assert "prompt_engineering" in lines[1]
    assert "line 4" in lines[3]
    visitor.picture(PICTURES, "file")
    assert visitor.violations() == []
