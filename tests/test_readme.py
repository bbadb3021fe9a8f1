"""README.md says what is so."""

import re

from tests import readme

PAGE = readme.README.read_text()


async def test_the_conversation_and_the_settings_are_as_the_code_has_them(redis_url: str, key_prefix: str) -> None:
    parts = readme.parts(await readme.conversation(redis_url, key_prefix))
    for name, part in parts.items():
        assert part in PAGE, f"the part “{name}” is out of date: run `make docs`"


def test_every_target_it_names_is_there() -> None:
    makefile = (readme.README.parent / "Makefile").read_text()
    targets = set(re.findall(r"`make (\w+)", PAGE))
    assert targets
    assert [target for target in targets if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []
