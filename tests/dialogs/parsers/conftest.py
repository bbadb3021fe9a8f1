"""What parsers know without an encoder comes from all that the pack learns from."""

import pytest

from dialogs import catalogue
from dialogs.advisor import Advisor
from knowledge.matching.factory import build_knowledge
from tests.knowledge.fixtures import pack


@pytest.fixture(scope="session")
def advisor() -> Advisor:
    return Advisor.build(build_knowledge(pack(), encoder=None), catalogue.load())
