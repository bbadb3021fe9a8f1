"""The verdict on one message without a conversation."""

from dialogs.advisor import Advisor
from dialogs.message_verdict import verdict_on_message
from dialogs.views.plain_text import plain
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import NOON
from tests.dialogs.views.shown import ALL, ids


def test_the_verdict_on_a_message_shows_what_was_read_and_what_is_missing(advisor: Advisor) -> None:
    told = understanding(advisor, Understanding(states={"our bot": {"data": "no", "budget": "limited"}}))
    shown = verdict_on_message(told, "our bot", NOON)
    lines = plain(shown).splitlines()
    assert lines[:7] == [
        "What I read",
        "- Training data: no, or only a handful (“our bot”)",
        "- Budget: limited (“our bot”)",
        "Still missing",
        "- Volume and speed",
        "- Domain",
        "- Consistency",
    ]
    assert ids(shown) == []
    assert plain(verdict_on_message(told, "xyz", NOON)).splitlines()[:2] == ["What I read", "- –"]
    everything = understanding(advisor, Understanding(states={"our bot": ALL}))
    assert "Still missing\n- –" in plain(verdict_on_message(everything, "our bot", NOON))
