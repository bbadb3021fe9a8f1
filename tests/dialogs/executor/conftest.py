"""Lists of ideas that several tests begin with."""

import pytest

from tests.dialogs.executor.lines import ideas
from tests.dialogs.talk import Talk


@pytest.fixture
def listed(talk: Talk) -> Talk:
    return talk.do(ideas("a bot for tickets", "summaries of reports", "slogans for shops"))
