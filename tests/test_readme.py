"""README.md says what is so."""

import re

from bot.config.settings import FIELDS
from tests import readme

PAGE = readme.README.read_text()


async def test_the_conversation_goes_as_the_code_has_it(redis_url: str, key_prefix: str) -> None:
    talk = await readme.conversation(redis_url, key_prefix)
    assert readme.talk_part(talk) in PAGE, "it is out of date: run `make docs`"


def test_the_settings_are_as_the_code_has_them() -> None:
    assert readme.settings_table() in readme.SETTINGS.read_text(), "they are out of date: run `make docs`"
    named = set(re.findall(r"`([A-Z_]{8,})`", PAGE))
    assert len(named) == 8
    assert named <= set(FIELDS)


def test_no_row_of_a_table_is_longer_than_a_glance() -> None:
    assert [line for line in PAGE.splitlines() if line.startswith("|") and len(line) > 200] == []


def test_every_target_it_names_is_there() -> None:
    makefile = (readme.README.parent / "Makefile").read_text()
    targets = set(re.findall(r"(?:`make|^make -C advisor) (\w+)", PAGE, re.MULTILINE))
    assert targets
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
