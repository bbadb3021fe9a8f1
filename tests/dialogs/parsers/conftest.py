"""Some parsers know without an encoder what comes from all that the pack learns from."""

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from knowledge.matching.factory import build_knowledge
from tests.by_words import advisor_by_words
from tests.knowledge.fixtures import pack

ALL_WORDS = ("test_case_talk", "test_intent_parser", "test_lesson_requests", "test_pending_choice")


@pytest.fixture(scope="session")
def with_all_words() -> Advisor:
    return Advisor.build(build_knowledge(pack(), encoder=None), catalogue.load())


@pytest.fixture(scope="module")
def advisor(request: pytest.FixtureRequest) -> Advisor:
    return request.getfixturevalue("with_all_words") if request.path.stem in ALL_WORDS else advisor_by_words()
