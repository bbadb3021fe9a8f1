"""The built-in pack with engines that need nothing but its words."""

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from knowledge.matching.factory import build_knowledge
from knowledge.pack_loader import builtin, load_pack
from tests.dialogs.talk import Talk


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    pack = load_pack(builtin())
    return Advisor.build(
        build_knowledge(pack, encoder=None),
        catalogue.load(),
    )


@pytest.fixture
def talk(advisor: Advisor) -> Talk:
    return Talk(advisor)
