"""How one idea, a question about ideas, and ideas side by side are laid out."""

import re
from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.answer import IdeaNote
from dialogs.conversation import Answer, AnswerMethod
from dialogs.flows.board_cards import BoardCards
from dialogs.ideas.board import Judge, Stage
from dialogs.replies.ideas import IdeaComparison
from dialogs.replies.receipts import MissingAnswers
from dialogs.view import Buttons, Link, Table, View
from dialogs.views.plain_text import plain
from tests.dialogs.talk import NOON
from tests.dialogs.views.ideas import NO_DATA, idea, question, row
from tests.dialogs.views.shown import ALL, buttons, ids, laid_out, text


def shown_idea(advisor: Advisor, answers: dict[str, str] | None = None, **changes: object) -> View:
    cards = BoardCards(advisor.knowledge, Judge(advisor.knowledge.judgements))
    return laid_out(advisor, cards.idea(idea(3, answers, **changes), NOON))


def test_an_idea_shows_who_added_it_and_where_it_is_from(advisor: Advisor) -> None:
    bare = shown_idea(advisor)
    assert plain(bare).splitlines()[0] == "Idea 3. Idea 3"
    assert "Added 18 Nov 2026." in plain(bare)
    assert not any(isinstance(element, Link) for element in bare.elements)
    assert "more words" not in plain(bare)
    whole = shown_idea(advisor, name="Ana", link="https://example.org/m1", text="Idea 3 in more words")
    assert "Added by Ana, 18 Nov 2026." in plain(whole)
    assert "in more words" in plain(whole)
    assert "Open where it is from: https://example.org/m1" in plain(whole)


def test_an_open_idea_asks_first_what_narrows_it_most(advisor: Advisor) -> None:
    shown = shown_idea(advisor, {"budget": "limited"})
    assert "Not enough said yet: could be prompt engineering or hybrid." in plain(shown)
    assert "Missing: training data, volume and speed, domain, consistency" in plain(shown)
    assert "Budget: limited" in plain(shown)
    asks = [(b.action.id, b.label, b.primary) for b in buttons(shown) if b.action.id.startswith("ask:")]
    assert asks[0] == ("ask:3:data", "Training data?", True)
    assert asks[-1] == ("ask:3:budget", "Change: Budget", False)
    assert [primary for _, _, primary in asks].count(True) == 1
    assert ids(shown)[-2:] == ["ask:3:budget", "back"]
    assert not {"share", "details"} & set(ids(shown))


def test_an_idea_with_a_verdict_shows_the_advice_and_every_answer_can_be_changed(advisor: Advisor) -> None:
    shown = shown_idea(advisor, ALL)
    assert "Missing" not in plain(shown)
    assert "Fine-tuning · 5 of 5 answers for it" in plain(shown)
    assert "Closest case" not in plain(shown)
    (menu,) = [e for e in shown.elements if isinstance(e, Buttons) and e.menu]
    assert (menu.title, len(menu.buttons)) == ("Change", 5)
    assert [name for name in ids(shown) if name.startswith("ask:")] == [f"ask:3:{question}" for question in ALL]
    assert not any(button.primary for button in buttons(shown))
    assert [name for name in ids(shown) if not name.startswith("ask:")] == ["share", "details", "back"]


def test_an_idea_with_a_verdict_says_whether_what_is_missing_can_change_it(advisor: Advisor) -> None:
    certain, loose = NO_DATA, {"domain": "specialised", "consistency": "predictable"}
    said = "No answer there can change the result any more."
    told = MissingAnswers((("", row(advisor, 1, certain).judged),), row(advisor, 1, certain))
    assert f"Missing: volume and speed, domain, budget, consistency. {said}" in plain(shown_idea(advisor, certain))
    assert said in text(advisor, told)
    assert "The result can still be prompt engineering or hybrid or fine-tuning." in plain(shown_idea(advisor, loose))
    assert ids(laid_out(advisor, told)) == [f"ask:1:{question.id}" for question in row(advisor, 1, certain).missing]


def test_an_idea_shows_its_status_and_the_newest_notes(advisor: Advisor) -> None:
    notes = tuple(IdeaNote(f"note {number}", "ana", NOON + number, gone=number == 1) for number in range(5))
    shown = plain(shown_idea(advisor, ALL, notes=notes, stage=Stage("approved")))
    assert shown.splitlines()[0] == "Idea 3. Idea 3 (approved)"
    assert re.findall("note .", shown) == ["note 2", "note 3", "note 4"]


def test_a_long_text_is_cut_on_the_card(advisor: Advisor) -> None:
    shown = plain(shown_idea(advisor, text="word " * 100)).splitlines()
    assert len(shown[1]) <= 160
    assert shown[1].endswith("…")


def test_an_idea_says_what_changed_since_it_was_judged(advisor: Advisor) -> None:
    fact = advisor.pack.outside[0]
    card = BoardCards(advisor.knowledge, Judge(advisor.knowledge.judgements)).idea(idea(3, NO_DATA), NOON)
    news = text(advisor, replace(card, row=replace(card.row, was="fine_tuning", lost=(fact.id, "gone"))))
    assert "It was fine-tuning." in news
    assert f"Out of date by now, from outside the article: “{fact.title}”, “gone”." in news
    assert "It was" not in text(advisor, card)
    assert "Out of date" not in text(advisor, card)


def test_what_others_answered_is_told_with_their_names(advisor: Advisor) -> None:
    cards = BoardCards(advisor.knowledge, Judge(advisor.knowledge.judgements))
    given = Answer(option="limited", how=AnswerMethod.BUTTON, by="ben", at=NOON, name="Ben")
    assert "(by Ben)" in text(advisor, cards.idea(idea(3, answers=None).replace(answers={"budget": given}), NOON))
    own = replace(given, by="ana", name="Ana")
    assert "(by" not in text(advisor, cards.idea(idea(3).replace(answers={"budget": own}), NOON))


def test_a_question_says_which_ideas_it_is_about(advisor: Advisor) -> None:
    assert plain(question(advisor, 1, guided=False)).splitlines()[:2] == ["Training data", "1.\xa0Idea 1"]
    assert "\n1.\xa0Idea 1; 2.\xa0Idea 2 · 2 open\n" in plain(question(advisor, 1, 2, left=2))
    assert "\n1.\xa0Idea 1; 2.\xa0Idea 2 · 2 of 5 open\n" in plain(question(advisor, 1, 2))
    several = question(advisor, 1, 2, 3)
    assert "type “1, 2: yes; rest: no”" in plain(several)
    assert [b.label.startswith("All: ") for b in buttons(several)][:3] == [True] * 3
    assert ids(several) == ["answer:data:yes", "answer:data:no", "answer:data:unsure", "why", "skip", "back"]
    one = question(advisor, 1, guided=False)
    assert "rest:" not in plain(one)
    assert not any(b.label.startswith("All: ") for b in buttons(one))
    assert ids(one)[-2:] == ["why", "back"]


def test_ideas_side_by_side_show_verdict_reasons_and_every_answer(advisor: Advisor) -> None:
    gone = {"volume": "gone", "data": "no"}
    shown = laid_out(advisor, IdeaComparison(advisor.pack, (row(advisor, 1, ALL), row(advisor, 2, gone))))
    (found,) = [e for e in shown.elements if isinstance(e, Table)]
    assert found.header == ("Aspect", "1. Idea 1", "2. Idea 2")
    cells = {cells[0]: cells[1:] for cells in found.rows}
    assert cells["Verdict"] == ("Fine-tuning · strong", "Prompt engineering · strong")
    assert cells["Training data"] == ("yes, hundreds or more", "no, or only a handful")
    assert cells["Volume and speed"] == ("high, or strict on time", "–")
    assert cells["Budget"] == ("flexible", "–")
    assert ids(shown) == ["idea:1", "idea:2", "back"]
