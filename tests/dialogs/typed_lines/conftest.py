"""Advisors that know what some typed lines answer."""

from dataclasses import replace

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from tests.dialogs.talk import Talk
from tests.dialogs.typed_lines.lines import SURE_COUNTS, Answering, Replies
from tests.shipped import shipped


@pytest.fixture(scope="module")
def listener(advisor: Advisor) -> Advisor:
    words = advisor.knowledge
    replies, kinds = Replies(words.typed_answers), Answering(words.command_kinds)
    knowledge = replace(words, typed_answers=replies, command_kinds=kinds, candidates=SURE_COUNTS)
    return Advisor.build(knowledge, catalogue.load())


@pytest.fixture
def talk(listener: Advisor) -> Talk:
    return Talk(listener)


@pytest.fixture
def understood() -> Talk:
    """A talk with the advisor as it is shipped."""
    return Talk(shipped())
