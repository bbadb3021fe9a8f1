"""The evaluation of what people type in a conversation."""

from pathlib import Path

import pytest

from tests.eval import conversation_talk
from tests.eval.conversation_talk import Said, verdict
from tests.shipped import shipped

HERE = Path(__file__).parent


def test_the_sets_are_read_and_each_text_is_at_a_place() -> None:
    texts = [text for folder in sorted(HERE.glob("talk-*")) for text in conversation_talk.load(folder)]
    assert len(texts) > 1000
    for text in texts:
        before = conversation_talk.conversation_at(shipped(), text.at, text.answers)
        assert before.started is (text.at != "idle")
        assert all(before.chosen.get(question) != option for question, option in text.answers.items())


@pytest.mark.parametrize(
    ("at", "text", "does", "how"),
    [
        ("result", "summary", "summary", "right"),
        ("result", "details", "reasons", "wrong"),
        ("budget", "limited", "question", "worse"),
        ("proposal budget", "yes", "yes", "right"),
        ("result", "ideas", "back", "right"),
    ],
)
def test_a_text_is_taken_rightly_or_not(at: str, text: str, does: str, how: str) -> None:
    assert verdict(shipped(), Said(at=at, text=text, does=does)) == how


def test_what_records_another_answer_is_worse_than_none() -> None:
    said = Said(at="budget", text="limited", does="fact", answers={"budget": "flexible"})
    assert verdict(shipped(), said) == "worse"
    counted = conversation_talk.count(shipped(), [said])
    assert "0 of 1 right, 1 wrong with an effect: fact 0 of 1 (1 worse)" in conversation_talk.report(counted)
