"""The verdict on one message without a conversation."""

from dialogs.advisor import Advisor
from dialogs.form_submission import verdict_on_message
from dialogs.views.plain_text import plain
from tests.dialogs.stub_knowledge import Understanding, understanding
from tests.dialogs.talk import NOON
from tests.dialogs.views.shown import ALL, ids


def test_the_verdict_on_a_message_shows_what_was_read_and_what_is_missing(advisor: Advisor) -> None:
    told = understanding(advisor, Understanding(states={"our bot": {"data": "yes"}}))
    shown = verdict_on_message(told, "our bot", NOON).view
    lines = plain(shown).splitlines()
    assert lines == [
        "Not enough said yet: could be prompt engineering or hybrid or fine-tuning.",
        "What I read",
        "- Training data: yes, hundreds or more (“our bot”)",
        "Still missing",
        "- Volume and speed",
        "- Domain",
        "- Budget",
        "- Consistency",
    ]
    assert ids(shown) == []
    assert plain(verdict_on_message(told, "xyz", NOON).view).splitlines()[1:3] == ["What I read", "- –"]
    everything = understanding(advisor, Understanding(states={"our bot": ALL}))
    assert "Still missing\n- –" in plain(verdict_on_message(everything, "our bot", NOON).view)
