"""How passages are laid out, and what is not covered."""

from datetime import date

from dialogs.advisor import Advisor
from dialogs.flows.lookups import entry_reply, reply_to
from dialogs.replies.passages import DidYouMean, NotCovered, PassageReply, VerdictComparison
from dialogs.view import Buttons, Items, Table
from dialogs.views.plain_text import plain
from knowledge.interfaces import Match, MatchOutcome
from tests.dialogs.views.shown import ids, laid_out, text


def test_the_buttons_of_passages_have_short_labels(advisor: Advisor) -> None:
    passages = tuple(p.model_copy(update={"title": "x" * 80}) for p in advisor.pack.passages[:3])
    view = laid_out(advisor, DidYouMean(passages))
    (menu,) = [element for element in view.elements if isinstance(element, Buttons)]
    assert [button.label for button in menu.buttons] == ["x" * 72] * 3
    assert ids(view) == [f"passage:{passage.id}" for passage in passages]
    assert plain(view) == "Did you mean one of these?"
    assert text(advisor, DidYouMean(passages[:1])) == "Did you mean this?"
    for some in (passages, passages[:1]):
        assert text(advisor, DidYouMean(some, likely=False)).startswith("I’m not sure what you are asking.")


def test_what_else_may_have_been_meant_stands_below_what_is_shown(advisor: Advisor) -> None:
    pack = advisor.pack
    first, second, third = pack.passages[:3]
    match = Match(MatchOutcome.OFFER, (first.id, second.id, third.id), 0.5, leads=True)
    reply = reply_to(pack, match, date(2026, 11, 28), offer=True)
    assert reply == PassageReply(pack, first, reply.outside, others=(second, third))
    view = laid_out(advisor, reply)
    assert first.text in plain(view)
    assert plain(view).index("If you meant something else:") > plain(view).index(first.text)
    assert ids(view)[:2] == [f"passage:{second.id}", f"passage:{third.id}"]
    entry = reply_to(
        pack, Match(MatchOutcome.OFFER, (pack.outside[0].id, first.id), 0.5, leads=True), date(2026, 11, 28)
    )
    assert f"passage:{first.id}" in ids(laid_out(advisor, entry))
    assert "If you meant something else:" in text(advisor, entry)


def test_a_short_answer_is_the_text_and_its_source(advisor: Advisor) -> None:
    whole = next(passage for passage in advisor.pack.passages if passage.items and passage.note)
    short = text(advisor, PassageReply(advisor.pack, whole, brief=True))
    assert whole.text in short
    assert whole.note not in short
    assert whole.items[0].name not in short
    assert "section" in short


def test_what_is_not_covered_names_what_is_near_and_offers_to_start_where_that_helps(advisor: Advisor) -> None:
    pack, near = advisor.pack, advisor.pack.passages[:2]
    assert ids(laid_out(advisor, NotCovered(pack, ()))) == []
    assert "The closest I have" not in text(advisor, NotCovered(pack, ()))
    view = laid_out(advisor, NotCovered(pack, near, offer=True))
    assert ids(view) == [*(f"passage:{passage.id}" for passage in near), "start"]
    assert all(plain(view).count(passage.title) == 1 for passage in near)  # its button alone, also as text


def test_a_passage_shows_only_what_it_has(advisor: Advisor) -> None:
    pack = advisor.pack
    whole = next(passage for passage in pack.passages if passage.items)
    bare = whole.model_copy(update={"items": (), "note": None})
    noted = bare.model_copy(update={"note": "A note beside it."})
    assert any(isinstance(element, Items) for element in laid_out(advisor, PassageReply(pack, whole)).elements)
    assert not any(isinstance(element, Items) for element in laid_out(advisor, PassageReply(pack, bare)).elements)
    assert "A note beside it." in text(advisor, PassageReply(pack, noted))
    assert (
        len(laid_out(advisor, PassageReply(pack, noted)).elements)
        == len(laid_out(advisor, PassageReply(pack, bare)).elements) + 1
    )
    assert "Outside the article" not in text(advisor, PassageReply(pack, bare))
    (fact, *_) = pack.outside
    beside = text(advisor, PassageReply(pack, bare, (fact,)))
    assert "More, from outside the article:" in beside
    assert fact.source not in beside
    assert ids(laid_out(advisor, PassageReply(pack, bare, (fact,)))) == [f"passage:{fact.id}"]
    assert [ids(laid_out(advisor, PassageReply(pack, bare, offer=offer))) for offer in (True, False)] == [["start"], []]


def test_only_verdicts_with_a_cell_in_every_row_are_compared(advisor: Advisor) -> None:
    comparison = advisor.pack.comparison
    (table,) = [
        e for e in laid_out(advisor, VerdictComparison(advisor.pack, comparison)).elements if isinstance(e, Table)
    ]
    assert table.header == ("Aspect", "Prompt engineering", "Fine-tuning")
    assert "level=2" in str(laid_out(advisor, VerdictComparison(advisor.pack, comparison)).elements[0])
    assert [cells[0] for cells in table.rows] == [row.aspect for row in comparison.rows]
    assert all(len(cells) == len(table.header) for cells in table.rows)
    first, *others = comparison.rows
    gap = first.model_copy(update={"cells": {"fine_tuning": first.cells["fine_tuning"]}})
    less = comparison.model_copy(update={"rows": (gap, *others)})
    (table,) = [e for e in laid_out(advisor, VerdictComparison(advisor.pack, less)).elements if isinstance(e, Table)]
    assert table.header == ("Aspect", "Fine-tuning")


def test_only_passages_that_are_near_are_named_where_nothing_is_known(advisor: Advisor) -> None:
    top = tuple(passage.id for passage in advisor.pack.passages[:2])
    today = date(2026, 11, 25)
    for score, near in ((0.04, ()), (0.05, advisor.pack.passages[:2])):
        assert reply_to(advisor.pack, Match(MatchOutcome.UNKNOWN, top, score), today) == NotCovered(advisor.pack, near)
    for score, likely in ((0.24, False), (0.25, True)):
        reply = reply_to(advisor.pack, Match(MatchOutcome.OFFER, top, score), today)
        assert reply == DidYouMean(advisor.pack.passages[:2], likely)


def test_no_more_than_two_facts_are_named_under_a_passage(advisor: Advisor) -> None:
    passage = advisor.pack.passages[0].id
    about = tuple(fact.model_copy(update={"passages": (passage,)}) for fact in advisor.pack.outside)
    day = max(fact.read for fact in about)
    pack = advisor.pack.model_copy(update={"outside": about})
    assert len(pack.outside_on(day)) > 3
    reply = entry_reply(pack, (passage,), day, offer=False)
    assert isinstance(reply, PassageReply)
    assert reply.outside == pack.outside_on(day)[:2]
