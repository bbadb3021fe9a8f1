"""How facts and terms are laid out: where each comes from, what is out of date, and what can be pressed."""

import pytest

from dialogs.advisor import Advisor
from dialogs.message import Action, Verb
from dialogs.replies.passages import EntryReply, ShownEntry
from dialogs.view import Buttons, Feedback, Heading, Note, Paragraph, View
from dialogs.views import lay_out
from dialogs.views.outside import called_line, called_with_origin, entry_button, origin, outside_links
from dialogs.views.plain_text import plain
from knowledge.outside import OutsideEntry, SourceGrade, Term, TermOrigin


def laid_out(advisor: Advisor, *entries: ShownEntry, offer: bool = False) -> View:
    return lay_out(advisor, (EntryReply(advisor.pack, entries, offer=offer),), 1)


def fact(advisor: Advisor, **changes: object) -> OutsideEntry:
    return advisor.pack.outside[0].model_copy(update={"title": "The title", "text": "The text.", **changes})


def term(advisor: Advisor, says: TermOrigin) -> Term:
    return next(one for one in advisor.pack.terms if one.says is says)


def notes(view: View) -> list[str]:
    return [plain(View((element,))) for element in view.elements if isinstance(element, Note)]


@pytest.mark.parametrize("current", [True, False])
def test_a_fact_is_told_only_while_it_holds(advisor: Advisor, current: bool) -> None:
    entry = fact(advisor)
    view = laid_out(advisor, ShownEntry(entry, current=current))
    heading, body = view.elements[:2]
    assert isinstance(heading, Heading)
    assert isinstance(body, Paragraph)
    assert (plain(View((heading,))), heading.level) == ("The title", 2)
    assert ("The text." in plain(view)) is current
    assert [entry.source in note for note in notes(view)] == [True]
    rated = [element.about for element in view.elements if isinstance(element, Feedback)]
    assert rated == ([entry.id] if current else [])


def test_of_several_only_those_that_hold_are_rated(advisor: Advisor) -> None:
    first, second, third = advisor.pack.outside[:3]
    shown = (ShownEntry(first, current=True), ShownEntry(second, current=False), ShownEntry(third, current=True))
    view = laid_out(advisor, *shown)
    (rated,) = [element for element in view.elements if isinstance(element, Feedback)]
    assert rated.about.split(",") == [first.id, third.id]


@pytest.mark.parametrize(("says", "sources"), [(TermOrigin.ARTICLE, 1), (TermOrigin.OUTSIDE, 1), (TermOrigin.BOTH, 2)])
def test_a_term_says_who_explains_it(advisor: Advisor, says: TermOrigin, sources: int) -> None:
    found = term(advisor, says)
    view = laid_out(advisor, ShownEntry(found, current=True))
    told = notes(view)
    assert len(told) == sources
    section = advisor.pack.section(found.section).title if found.section is not None else None
    assert (section is not None and section in told[0]) is (says is not TermOrigin.OUTSIDE)
    assert (found.source is not None and found.source in told[-1]) is (says is not TermOrigin.ARTICLE)
    with_example = found.model_copy(update={"example": "An example of it."})
    without = found.model_copy(update={"example": None})
    assert "An example of it." in plain(laid_out(advisor, ShownEntry(with_example, current=True)))
    assert "An example of it." not in plain(laid_out(advisor, ShownEntry(without, current=True)))


def test_the_start_is_offered_where_that_is_asked_for(advisor: Advisor) -> None:
    def starts(view: View) -> int:
        buttons = [b.action for e in view.elements if isinstance(e, Buttons) for b in e.buttons]
        return buttons.count(Action(Verb.START))

    entry = ShownEntry(fact(advisor), current=True)
    assert starts(laid_out(advisor, entry, offer=True)) == 1
    assert starts(laid_out(advisor, entry)) == 0


def test_what_is_at_second_hand_says_so(advisor: Advisor) -> None:
    said = {origin(advisor.catalogue, fact(advisor, confidence=confidence)) for confidence in SourceGrade}
    assert len(said) == 3
    unknown = term(advisor, TermOrigin.OUTSIDE).model_copy(update={"confidence": None})
    known = unknown.model_copy(update={"confidence": SourceGrade.A})
    assert origin(advisor.catalogue, unknown) == origin(advisor.catalogue, known)
    for part in (term(advisor, TermOrigin.ARTICLE), fact(advisor, source=None), fact(advisor, read=None)):
        with pytest.raises(ValueError, match="does not come from outside"):
            origin(advisor.catalogue, part)


@pytest.mark.parametrize("line", [None, "The line."])
def test_a_fact_that_is_called_for_is_one_line_and_in_full_a_button(advisor: Advisor, line: str | None) -> None:
    entry = fact(advisor, line=line)
    for whole, shown in ((True, line or "The title"), (False, "The title")):
        assert plain(View((called_line(advisor.catalogue, entry, whole=whole),))) == f"Outside the article: {shown}"
    paragraph, buttons = called_with_origin(advisor.catalogue, entry)
    told = plain(View((paragraph,)))
    assert (line or "The title") in told
    assert origin(advisor.catalogue, entry) in told
    assert isinstance(buttons, Buttons)
    assert [button.action for button in buttons.buttons] == [Action(Verb.PASSAGE, (entry.id,))]


def test_links_stand_under_a_title_of_their_own(advisor: Advisor) -> None:
    assert outside_links(advisor.catalogue, ()) == []
    title, items, buttons = outside_links(advisor.catalogue, (fact(advisor, line=None), fact(advisor, line="A line.")))
    assert isinstance(title, Heading)
    assert title.level == 2
    first, second = plain(View((items,))).splitlines()
    assert "The text." in first
    assert "A line." in second
    assert isinstance(buttons, Buttons)
    assert len(buttons.buttons) == 2


@pytest.mark.parametrize(("length", "shown"), [(72, 72), (73, 72)])
def test_the_label_of_a_button_is_short(advisor: Advisor, length: int, shown: int) -> None:
    assert len(entry_button(fact(advisor, title="x" * length)).label) == shown
