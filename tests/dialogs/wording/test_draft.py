"""A text to take away stays as it was worded until a line changes it, and says of ideas only what holds now."""

import json
from typing import Any

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, What
from dialogs.focus import Focus
from dialogs.replies.model_answers import WordedText
from dialogs.wording.answer import checked
from dialogs.wording.draft import Draft, Drafts, Sentence
from dialogs.wording.eligibility import Form
from dialogs.wording.request import WordingRequest
from tests.dialogs.executor.lines import ALL_FIVE, set_
from tests.dialogs.talk import Talk
from tests.dialogs.wording.conftest import all_requested, requested

LINE = "a mail to Mr Brandt please on a small test of the menus, it costs 14,847 euro"
MAIL, AGAIN = Command(Kind.WRITE, What.MAIL), Command(Kind.WRITE, What.UNSPECIFIED, value="of=last")
TEXT = (
    Sentence("Subject: Menus", (), new_line=True),
    Sentence("Dear Mr Brandt,", (), new_line=True),
    Sentence("we start with a small test of the menus.", (1,), new_line=True),
    Sentence("It costs 14,847 euro.", ()),
)


@pytest.fixture
def talk(advisor: Advisor) -> Talk:
    talk = Talk(advisor)
    talk.do(Command(Kind.IDEA, value="a menu translator"))
    talk.do(*(set_(each.question, each.option) for each in ALL_FIVE))
    return talk


def wish(talk: Talk, line: str, command: Command) -> WordingRequest:
    request = requested(talk, line, command)
    assert request is not None
    return request


def written(talk: Talk, draft: tuple[Sentence, ...] = TEXT) -> None:
    """A mail has been asked for, and worded like this."""
    request = wish(talk, LINE, MAIL)
    kept = request.draft.then(draft, request.record, LINE, request.results)
    talk.conversation = talk.conversation.replace(draft=Drafts().stored_with(kept))


def kept(request: WordingRequest, advisor: Advisor, *sentences: Sentence) -> tuple[str, ...]:
    answer = json.dumps({"sentences": [each._asdict() for each in sentences]})
    return tuple(each.text for each in checked(advisor, request, answer).sentences or ())


def sent(request: WordingRequest) -> dict[str, Any]:
    asked: dict[str, Any] = json.loads(request.messages[-1]["content"])
    return asked


def given(request: WordingRequest) -> list[dict[str, object]]:
    return list(sent(request).get("draft", []))


def is_old(request: WordingRequest) -> bool:
    return "draft_is_old" in sent(request)


def test_a_text_is_shown_in_its_paragraphs_and_kept_by_its_sentences(talk: Talk, advisor: Advisor) -> None:
    request = wish(talk, "a mail to Mr Brandt please, it costs 14,847 euro", MAIL)
    lines = json.dumps(
        {"sentences": [each._asdict() for each in (TEXT[1], TEXT[3], Sentence("Kind regards", (), True))]}
    )
    words = checked(advisor, request, lines).words(request)
    assert words is not None
    assert words.texts[0].paragraphs == ("Dear Mr Brandt, It costs 14,847 euro.", "Kind regards")
    assert [each.text for each in words.drafts[0].sentences] == [TEXT[1].text, TEXT[3].text, "Kind regards"]


def test_the_next_line_changes_it_and_the_rest_stays_as_it_is(talk: Talk, advisor: Advisor) -> None:
    written(talk)
    request = wish(talk, "sign it with Karin Vogt", AGAIN)
    assert [each["text"] for each in given(request)] == [each.text for each in TEXT]
    assert not is_old(request)
    signed = Sentence("Kind regards, Karin Vogt", (), new_line=True)
    stays = [each._replace(facts=()) for each in TEXT]
    assert kept(request, advisor, *stays, signed) == (*(each.text for each in TEXT), signed.text)


def test_what_stood_in_it_may_be_put_otherwise_and_nothing_else(talk: Talk, advisor: Advisor) -> None:
    written(talk)
    request = wish(talk, "greet him last", AGAIN)
    said = ("It costs us 14,847 euro.", "Many greetings to Mr Brandt.", "It costs 14,848 euro.", "Dear Mr Vogt,")
    assert kept(request, advisor, *(Sentence(text, ()) for text in said)) == (*said[:2], TEXT[3].text, TEXT[1].text)


def test_what_it_says_of_an_idea_is_checked_once_its_record_has_changed(talk: Talk, advisor: Advisor) -> None:
    told = (*TEXT, Sentence("The verdict is hybrid.", (1,)))
    written(talk, told)
    talk.do(set_("budget", "flexible"))
    request = wish(talk, "once more", AGAIN)
    assert is_old(request)
    assert kept(request, advisor, *(each._replace(facts=()) for each in told)) == tuple(each.text for each in TEXT)


def test_the_version_before_can_be_had_back(talk: Talk, advisor: Advisor) -> None:
    written(talk)
    request = wish(talk, "drop the costs", AGAIN)
    draft = request.draft.then(TEXT[:3], request.record, "drop the costs")
    talk.conversation = talk.conversation.replace(draft=Drafts().stored_with(draft))
    request = wish(talk, "no, as it was before", AGAIN)
    assert sent(request)["draft_before"] == [each.text for each in TEXT]
    assert kept(request, advisor, *(each._replace(facts=()) for each in TEXT)) == tuple(each.text for each in TEXT)


def test_the_version_before_a_change_on_record_is_not_had_back_unchecked(talk: Talk, advisor: Advisor) -> None:
    told = (*TEXT, Sentence("The verdict is hybrid.", (1,)))
    written(talk, told)
    talk.do(set_("budget", "flexible"))
    request = wish(talk, "once more", AGAIN)
    draft = request.draft.then(TEXT[:2], request.record, "once more")
    talk.conversation = talk.conversation.replace(draft=Drafts().stored_with(draft))
    request = wish(talk, "no, as it was before", AGAIN)
    assert not is_old(request)
    assert "draft_before" not in sent(request)
    assert told[4].text not in kept(request, advisor, *(each._replace(facts=()) for each in told))


def test_what_does_not_hold_is_as_it_is_now_and_not_as_it_was_before(talk: Talk, advisor: Advisor) -> None:
    written(talk)
    request = wish(talk, "drop the test of the menus, it costs 900 euro", AGAIN)
    now = (*TEXT[:2], Sentence("It costs 900 euro.", ()))
    talk.conversation = talk.conversation.replace(
        draft=Drafts().stored_with(request.draft.then(now, request.record, request.line))
    )
    request = wish(talk, "round it", AGAIN)
    assert kept(request, advisor, Sentence("It costs 1,000 euro.", ())) == (now[2].text,)


def test_two_texts_in_a_line_are_worded_each(talk: Talk) -> None:
    written(talk)
    note = Command(Kind.WRITE, What.NOTE, value="style=short")
    mail, short = all_requested(talk, "sign it, and a short note for my team", AGAIN, note)
    assert (sent(mail)["form"], sent(short)["form"]) == ("of=last", "style=short")
    assert (sent(mail)["asked"], sent(short)["asked"]) == (["write.mail"], ["write.note"])
    assert mail.most >= len(TEXT) + 2 > short.most
    assert not is_old(mail)


def test_a_text_is_shown_again_as_it_was_and_says_so_if_the_record_has_changed(talk: Talk) -> None:
    written(talk)
    request = wish(talk, "and how did the mail go?", MAIL.replace(value="of=same"))
    assert request.is_only_shown
    assert request.unworded.texts == (WordedText(Draft(TEXT).paragraphs),)
    assert request.unworded.drafts[0].sentences == TEXT
    talk.do(set_("budget", "flexible"))
    request = wish(talk, "and how did the mail go?", MAIL.replace(value="of=same"))
    assert request.unworded.texts == (WordedText(Draft(TEXT).paragraphs, old=True),)
    for line, command in (("changed", AGAIN), ("and the note?", Command(Kind.WRITE, What.NOTE, value="of=same"))):
        assert not wish(talk, line, command).is_only_shown


def test_what_contradicts_the_record_by_now_is_named_with_the_reason(talk: Talk, advisor: Advisor) -> None:
    told = (*TEXT, Sentence("The verdict for the menus is hybrid.", (1,)))
    written(talk, told)
    talk.do(set_("budget", "flexible"))
    request = wish(talk, "sign it with Karin Vogt", AGAIN)
    answer = json.dumps({"sentences": [each._asdict() for each in TEXT]})
    words = checked(advisor, request, answer).words(request)
    assert words is not None
    assert (words.texts[0].lost, words.texts[0].results) == ((told[-1].text,), ("fine-tuning",))
    number = next(at for at, fact in enumerate(request.facts, 1) if ": Fine-tuning" in fact.text)
    now = Sentence("The verdict for the menus is fine-tuning.", (number,))
    assert checked(advisor, request, json.dumps({"sentences": [now._asdict()]})).lost == ()
    assert checked(advisor, wish(talk, "a mail", MAIL), answer).lost == ()


@pytest.mark.parametrize("name", ["a better menu", None])
def test_another_title_changes_nothing_on_record(talk: Talk, name: str | None) -> None:
    written(talk)
    if name is not None:
        talk.do(Command(Kind.EDIT, What.RENAME, value=name))
    assert not is_old(wish(talk, "once more", AGAIN))


@pytest.mark.parametrize(
    ("command", "stays"), [(AGAIN, True), (MAIL, False), (AGAIN.replace(value="of=last; style=short"), False)]
)
def test_where_a_change_fails_it_stays_as_it_was(talk: Talk, command: Command, stays: bool) -> None:
    written(talk)
    words = wish(talk, "sign it with Karin Vogt", command).unworded
    assert words.texts == ((WordedText(Draft(TEXT).paragraphs, left_out=True) if stays else WordedText()),)
    if stays:
        talk.do(set_("budget", "flexible"))
        assert not wish(talk, "sign it with Karin Vogt", command).unworded


def test_what_is_no_text_is_not_given_it(talk: Talk) -> None:
    written(talk)
    request = wish(talk, "why?", Command(Kind.EXPLAIN, What.VERDICT))
    assert request.form is Form.ANSWER
    assert (given(request), request.draft.sentences) == ([], ())


def test_what_somebody_had_in_it_is_sent_for_nobody_else(talk: Talk) -> None:
    written(talk)
    request = requested(talk, "sign it with Ben", AGAIN, who="ben")
    assert request is not None
    assert request.draft.sentences == ()
    assert "Brandt" not in request.messages[-1]["content"]


def test_a_stored_text_that_cannot_be_read_is_none() -> None:
    assert Drafts.of("{}", "").last("mail", "") == Draft(form="mail")


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [("of=last", 9, 20), ("of=last; style=short", 3, 7), ("sentences=3; of=last", 6, 6), ("", 9, 20)],
)
def test_a_text_has_room_for_what_is_added_and_less_if_it_is_to_be_shorter(
    talk: Talk, value: str, least: int, most: int
) -> None:
    written(talk)
    assert least <= wish(talk, "again", MAIL.replace(value=value)).most <= most


def test_each_form_has_a_draft_of_its_own_and_a_new_one_begins_with_the_newest() -> None:
    mail, prompt = (Draft(TEXT, form=form) for form in ("mail", "prompt"))
    drafts = Drafts.of(Drafts((mail,)).stored_with(prompt), "")
    assert (drafts.last("mail", ""), drafts.last("prompt", "")) == (mail, prompt)
    assert drafts.last("note", "") == prompt._replace(form="note")
    assert Drafts.of(drafts.stored_with(mail), "").drafts == (prompt, mail)
    assert Drafts.of(drafts.stored_with(mail), "somebody").drafts == ()


def test_a_text_of_each_form_is_kept_beside_the_others() -> None:
    forms = (What.NOTE, What.MAIL, What.SUMMARY, What.PROMPT)
    kept, focus = "[]", Focus()
    for form in forms:
        kept = Drafts.of(kept, "").stored_with(Draft(TEXT, form=form.value))
        focus = focus.with_text(Command(Kind.WRITE, form))
    assert [draft.form for draft in Drafts.of(kept, "").drafts] == [form.value for form in forms]
    assert [text.what for text in focus.texts] == [*forms]
