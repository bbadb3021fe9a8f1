"""What is the same in every conversation is laid out once, and nothing of what people wrote or are called is kept."""

from dataclasses import replace
from itertools import product

import pytest

from dialogs.advisor import Advisor
from dialogs.message import Action, Verb
from dialogs.once import Once
from dialogs.view import Choices, Note, Paragraph, said
from dialogs.views import lay_out
from tests.dialogs.talk import Talk


def fresh(advisor: Advisor) -> Advisor:
    """The same without anything kept."""
    return replace(advisor)


def test_a_part_is_made_once_and_is_known_again() -> None:
    once = Once()
    first = once.part(lambda: Paragraph(said("a")), "prompt", "data")
    again = once.part(lambda: Paragraph(said("never made")), "prompt", "data")
    other = once.part(lambda: Note(said("b")), "prompt", "volume")
    assert first is again
    assert (first, other) == (Paragraph(said("a")), Note(said("b")))
    assert once.holds(first)
    assert not once.holds(Paragraph(said("a")))


def test_two_conversations_share_the_parts_of_a_question(advisor: Advisor) -> None:
    advisor = fresh(advisor)
    one, two = (Talk(advisor).say("start").view for _ in range(2))
    assert one is not None and two is not None
    shared = [element for element in one.elements if advisor.once.holds(element)]
    assert any(isinstance(element, Choices) for element in shared)
    assert all(any(element is other for other in two.elements) for element in shared)


def test_whatever_was_kept_before_a_card_looks_the_same(advisor: Advisor) -> None:
    """Keys must tell apart whatever looks different: all combinations of answers, with and without what was kept."""
    keeping = fresh(advisor)
    options = [[option.id for option in question.options] for question in advisor.pack.questions]
    for chosen in product(*options):
        talk = Talk(keeping).say("start")
        for question, option in zip(advisor.pack.questions, chosen, strict=True):
            talk.press(Action(Verb.ANSWER, (question.id, option)).id)
            assert talk.view == lay_out(fresh(advisor), talk.turn.card, talk.conversation.revision)


@pytest.mark.parametrize("presses", ["UZEBRA", "UOKAPI"])
def test_no_words_and_no_name_of_anybody_are_kept(advisor: Advisor, presses: str) -> None:
    """Alone, and in company, where answers say by whom."""
    advisor = fresh(advisor)
    talk = Talk(advisor, private=False).say("It needs meDical vOcabulary", "UZEBRA")
    seen = ""
    for _ in range(6):
        seen += str(talk.view)
        choices = [element for element in (talk.view.elements if talk.view else ()) if isinstance(element, Choices)]
        if choices:
            talk.press(choices[0].buttons[0].action.id, presses)
    kept = str(vars(advisor.once))
    assert "meDical vOcabulary" in str(talk.view)
    assert ("UOKAPI" in seen) == (presses == "UOKAPI")
    assert "Fine-tuning" in kept
    assert not any(word in kept for word in ("meDical", "UZEBRA", "UOKAPI"))
