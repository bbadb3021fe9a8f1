"""A conversation that shows three ideas."""

import pytest

from tests.dialogs.flows.listed_ideas import LINES
from tests.dialogs.talk import Talk


@pytest.fixture
def three(talk: Talk) -> Talk:
    return talk.say(f"triage:\n{LINES}")
