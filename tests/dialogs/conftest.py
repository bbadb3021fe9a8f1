"""The built-in pack with engines that need nothing but its words."""

import pytest

from dialogs.advisor import Advisor
from tests.by_words import advisor_by_words
from tests.dialogs.talk import Talk


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    return advisor_by_words()


@pytest.fixture
def talk(advisor: Advisor) -> Talk:
    return Talk(advisor)
