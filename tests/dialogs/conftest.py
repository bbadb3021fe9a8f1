"""The built-in pack with engines that need nothing but its words."""

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from knowledge.interfaces import Knowledge
from knowledge.matching.lexical import LexicalMatcher
from knowledge.pack_loader import builtin, load_pack
from knowledge.reading.reader import PackReader
from knowledge.replies import PackReplyReader
from tests.dialogs.talk import Talk


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    pack = load_pack(builtin())
    return Advisor.build(
        Knowledge(pack, LexicalMatcher(pack), PackReader(pack), PackReplyReader(pack, PackReader(pack))),
        catalogue.load(),
    )


@pytest.fixture
def talk(advisor: Advisor) -> Talk:
    return Talk(advisor)
