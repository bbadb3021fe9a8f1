"""Which replies a language model may word, and where its words stand."""

from itertools import dropwhile

import pytest

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind, Sure, What
from dialogs.message import Action, Verb
from dialogs.replies import Reply
from dialogs.replies.model_answers import TextWorded, Worded, WordedText
from dialogs.replies.notices import Notice
from dialogs.replies.passages import DidYouMean, NotCovered
from dialogs.replies.questions import QuestionCard
from dialogs.replies.receipts import Receipts, Together, flat
from dialogs.replies.texts import ResultText
from dialogs.turn import Turn
from dialogs.view import Buttons, Feedback
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from dialogs.wording.eligibility import Form
from dialogs.wording.placement import Words, apart, worded
from tests.dialogs.executor.lines import ALL_FIVE, chat, explain, go, idea, note, set_, show
from tests.dialogs.talk import Talk, kind

SAID = ("It stays hybrid.", "A limited budget holds it back.")
WORDS = Words(SAID, ("From section “FAQ 2”.",), (WordedText(SAID),))
TOLD = idea("a bot that answers parking questions")


def parts(turn: Turn) -> list[Reply]:
    return [part for each in (*turn.below, *turn.card) for part in getattr(each, "parts", (each,))]


def done(advisor: Advisor) -> Talk:
    """A talk in which the result was shown, and that a model reads along was said."""
    return Talk(advisor).do(TOLD, *ALL_FIVE).say("what does tuning cost?")


def write(what: What, *ideas: str) -> Command:
    return Command(Kind.WRITE, what, ideas=ideas)


@pytest.mark.parametrize(
    ("command", "is_worded"),
    [
        (Command(Kind.ASK, value="faq-cost"), True),
        (Command(Kind.ASK, value="lora"), True),
        (Command(Kind.ASK, value="the weather in Rome"), True),
        (Command(Kind.ASK), True),
        (explain(What.VERDICT), True),
        (explain(What.STRENGTH), True),
        (explain(What.RULES), True),
        (explain(What.RULES, question="budget"), True),
        (explain(What.READING), True),
        (explain(What.QUESTION, question="budget"), True),
        (show(What.WOULD_CHANGE), True),
        (show(What.STEPS), True),
        (show(What.CASE), True),
        (show(What.SOURCES), True),
        (show(What.NEXT), True),
        (write(What.NOTE), True),
        (write(What.MAIL), True),
        (write(What.SUMMARY), True),
        (note("the works council must agree"), True),
        (chat(What.COMPLAINT), True),
        (chat(What.ABOUT_YOU), True),
        (chat(What.THANKS), False),
        (chat(What.HELLO), False),
        (write(What.TABLE), False),
        (write(What.RECORD), False),
        (write(What.JSON), False),
        (show(What.RESULT), False),
        (show(What.ANSWERS), False),
        (show(What.MISSING), False),
        (show(What.ME), False),
        (show(What.DETAILS), False),
        (set_("budget", "flexible"), False),
        (Command(Kind.CALCULATE, value="calls=12000/day; tokens_in=900; price_in=1 USD/M"), False),
        (Command(Kind.LEARN, What.START), False),
        (Command(Kind.SUPPOSE, question="budget", option="flexible"), False),
        (go(What.UNDO), False),
        (Command(Kind.REMIND), False),
        (Command(Kind.FORGET), False),
    ],
    ids=lambda value: f"{value.name}-{value.value}-{value.question}" if isinstance(value, Command) else str(value),
)
def test_what_is_worded_is_told_by_the_kind_of_reply(advisor: Advisor, command: Command, is_worded: bool) -> None:
    turn = done(advisor).do(command).turn
    rest, taken = apart(turn)
    assert bool(taken) is is_worded
    assert rest == turn or is_worded


def test_receipts_and_what_is_open_come_without_the_answer(advisor: Advisor) -> None:
    turn = Talk(advisor).do(TOLD).do(set_("volume", "high"), explain(What.RULES)).turn
    rest, taken = apart(turn)
    assert [kind(reply) for reply in rest.card] == [QuestionCard]
    assert [type(reply).__name__ for reply in taken[Form.ANSWER]] == ["RulesExplained"]
    shown = worded(turn, WORDS)
    assert shown.card == rest.card
    assert [kind(reply) for reply in shown.below[len(rest.below) :]] == [Worded]


def test_an_answer_on_the_card_stays_there_behind_the_receipts(advisor: Advisor) -> None:
    turn = done(advisor).do(set_("budget", "flexible"), note("only until May"), explain(What.STRENGTH)).turn
    rest, taken = apart(turn)
    assert not rest.card or [kind(reply) for reply in rest.card] != [Worded]
    shown = worded(turn, WORDS)
    replies = [*shown.below, *shown.card]
    assert sum(isinstance(reply, Worded) for reply in replies) == 1
    assert any(isinstance(reply, Receipts | Together) for reply in replies)
    assert taken[Form.ANSWER][0] not in replies


def test_one_message_says_it_all_where_nothing_else_is_to_be_said(advisor: Advisor) -> None:
    turn = Talk(advisor).say("what does tuning cost?").turn
    rest, _ = apart(turn)
    assert (rest.card, rest.below) == ((), ())
    shown = worded(turn, WORDS)
    assert (kind(shown.card[-1]), shown.below) == (Worded, ())
    assert [reply.remark for reply in shown.card if isinstance(reply, Notice)] == ["also_worded"]


@pytest.mark.parametrize(("what", "is_worded"), [(What.HELLO, False), (What.ABOUT_YOU, True)])
def test_a_greeting_is_worded_only_where_somebody_asks(advisor: Advisor, what: What, is_worded: bool) -> None:
    assert bool(apart(Talk(advisor).do(chat(what)).turn)[1]) is is_worded


def test_what_a_note_means_is_said_beside_an_open_question_but_not_beside_an_answer(advisor: Advisor) -> None:
    council, begun = note("the works council must agree"), Talk(advisor).do(TOLD)
    rest, taken = apart(begun.do(council).turn)
    assert [*taken] == [Form.OPENING]
    assert any(isinstance(part, QuestionCard) for reply in (*rest.below, *rest.card) for part in flat(reply))
    assert [*apart(begun.do(council, explain(What.RULES)).turn)[1]] == [Form.ANSWER]
    turn = begun.do(set_("budget", "limited")).turn
    assert apart(turn) == (turn, {})


def test_a_text_and_an_answer_to_the_same_line_are_worded_each(advisor: Advisor) -> None:
    turn = done(advisor).do(explain(What.STRENGTH), write(What.NOTE)).turn
    rest, taken = apart(turn)
    assert [*taken] == [Form.ANSWER, Form.TEXT]
    answer, text = Words(("It is sure.",), ("From it.",)), Words(texts=(WordedText(("We begin.",)),))
    assert answer.beside(text) == text.beside(answer) == Words(("It is sure.",), ("From it.",), text.texts)
    shown = worded(turn, answer.beside(text))
    found = [kind(each) for each in (*shown.below, *shown.card)]
    assert found == [Worded, TextWorded]
    half = worded(turn, text)
    assert taken[Form.ANSWER][0] in parts(half)
    assert rest not in (turn, shown)


def test_a_sum_has_a_sentence_above_it_where_nothing_else_is_shown(advisor: Advisor) -> None:
    per_call = Command(Kind.CALCULATE, value="calls=12000/day; tokens_in=900; price_in=1 USD/M; assume=all")
    assert [*apart(done(advisor).do(per_call).turn)[1]] == [Form.OPENING]
    assert [*apart(done(advisor).do(per_call, explain(What.STRENGTH)).turn)[1]] == [Form.ANSWER]


def test_a_turn_without_what_is_worded_stays(advisor: Advisor) -> None:
    turn = Talk(advisor).do(TOLD).do(set_("data", "no")).turn
    assert worded(turn, WORDS) is turn


def test_of_two_texts_each_stands_in_its_place(advisor: Advisor) -> None:
    turn = done(advisor).do(write(What.NOTE), write(What.PROMPT)).turn
    one, other = WordedText(("We begin.",)), WordedText(("You help.",))
    both = worded(turn, Words(texts=(one, other)))
    assert [each.text for each in parts(both) if isinstance(each, TextWorded)] == [one, other]
    second = worded(turn, Words(texts=(WordedText(), other)))
    assert [type(each) for each in parts(second)] == [ResultText, TextWorded]
    assert not Words(texts=(WordedText(), WordedText()))


def has_words(reply: Reply) -> bool:
    return isinstance(reply, Worded | TextWorded) or (isinstance(reply, Together) and any(map(has_words, reply.parts)))


def laid_out(talk: Talk) -> tuple[str, list[str], bool]:
    """The text from the words on, the buttons and whether feedback is asked for, of the message that has them."""
    turn = worded(talk.turn, WORDS)
    below = next(((reply,) for reply in turn.below if has_words(reply)), None)
    view = lay_out(talk.advisor, below or tuple(dropwhile(lambda reply: not has_words(reply), turn.card)), 1)
    pressed = [b.action.id for e in view.elements if isinstance(e, Buttons) for b in e.buttons]
    return plain(view), pressed, any(isinstance(each, Feedback) for each in view.elements)


def test_an_answer_has_its_sources_and_a_button_for_the_facts(advisor: Advisor) -> None:
    text, pressed, rated = laid_out(done(advisor).do(Command(Kind.ASK, value="faq-cost")))
    assert text.startswith("It stays hybrid. A limited budget holds it back.\nFrom section “FAQ 2”.")
    assert "hundreds to thousands" not in text
    assert pressed[0] == "passage:faq-cost"
    assert rated


@pytest.mark.parametrize(
    ("command", "action"),
    [
        (explain(What.VERDICT), Action(Verb.DETAILS)),
        (explain(What.RULES, question="budget"), Action(Verb.DETAILS)),
        (Command(Kind.ASK, value="term-lora"), Action(Verb.PASSAGE, ("term-lora",))),
        (Command(Kind.ASK), Action(Verb.COMPARE)),
        (explain(What.RULES), None),
    ],
)
def test_what_shows_the_facts(advisor: Advisor, command: Command, action: Action | None) -> None:
    talk = done(advisor).do(command)
    pressed = laid_out(talk)[1]
    assert pressed[:1] == ([] if action is None else [action.id])
    if action is not None:
        assert talk.press(action.id).turn.shows_something
        assert not any(isinstance(each, Worded) for each in (*talk.turn.card, *talk.turn.below, *talk.turn.expanded))


def test_what_else_may_be_meant_keeps_its_buttons(advisor: Advisor) -> None:
    talk = Talk(advisor)
    talk.turn = Turn(talk.conversation, (DidYouMean(advisor.pack.entries[:2]),))
    text, pressed, _ = laid_out(talk)
    assert text.startswith("It stays hybrid.")
    assert pressed == [f"passage:{entry.id}" for entry in advisor.pack.entries[:2]]
    assert "Say it in other words" not in text


def test_sources_that_begin_alike_stand_in_one_line(advisor: Advisor) -> None:
    sources = ("From it: section “A”.", "Outside: Acme, read.", "From it: section “B”.")
    talk = Talk(advisor).say("how much training data do we need?")
    talk.turn = worded(talk.turn, Words(("Hundreds.",), sources))
    assert laid_out(talk)[0].split("\n")[1:3] == ["From it: section “A”; section “B”.", "Outside: Acme, read."]


def test_what_lies_near_the_question_or_was_guessed_is_not_announced(advisor: Advisor) -> None:
    talk = Talk(advisor).say("how much training data do we need?")
    built_in = talk.said
    text, pressed, _ = laid_out(talk)
    assert "More, from outside the article:" in built_in
    assert "More, from outside the article:" not in text
    assert pressed == ["passage:faq-data", "start"]
    talk.turn = Turn(talk.conversation, (NotCovered(advisor.pack, advisor.pack.entries[:1], topic="copyright"),))
    assert laid_out(talk)[:2] == (
        "\n".join((" ".join(WORDS.sentences), *WORDS.sources)),
        [f"passage:{advisor.pack.entries[0].id}"],
    )


def test_words_stand_for_an_introduction_beside_an_answer_too(advisor: Advisor) -> None:
    turn = done(advisor).do(chat(What.ABOUT_YOU), explain(What.RULES)).turn
    rest, taken = apart(turn)
    assert not rest.shows_something
    assert [getattr(each, "remark", "") for each in taken[Form.ANSWER]] == ["about_me", ""]


def test_words_stand_for_what_was_all_told(advisor: Advisor) -> None:
    talk = done(advisor)
    for _ in range(6):
        talk.do(explain(What.STRENGTH))
    assert "Once more:" in talk.said
    shown = worded(talk.turn, WORDS)
    assert [kind(reply) for reply in (*shown.below, *shown.card)] == [Worded]


@pytest.mark.parametrize(("what", "begins"), [(What.NOTE, ""), (What.MAIL, "Subject: parking bot\n")])
def test_a_text_has_the_form_to_copy(advisor: Advisor, what: What, begins: str) -> None:
    text, pressed, _ = laid_out(done(advisor).do(write(what)))
    head = f"Copy this where you need it:\n{begins}"
    assert text.replace(laid_out(done(advisor).do(write(What.MAIL)))[0].split("\n")[1], "Subject: parking bot") == (
        f"{head}It stays hybrid.\nA limited budget holds it back."
    )
    assert pressed == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (WordedText(SAID, left_out=True), "I left out what neither"),
        (WordedText(SAID, True, ("40", "Bo.")), "I left out a sentence with “40”, “Bo”: neither"),
        (WordedText(SAID, True, (), ("It is a.",)), "Left out, since what is on record is no longer so: “It is a”."),
        (WordedText(SAID, lost=("A.", "B."), results=("b",)), "Left out, since the result is now b: “A”, “B”."),
        (WordedText(SAID, old=True), "what is on record has changed since."),
    ],
)
def test_what_was_left_out_of_a_text_is_named_if_it_can_be(advisor: Advisor, text: WordedText, said: str) -> None:
    shown = worded(done(advisor).do(write(What.NOTE)).turn, Words(texts=(text,)))
    assert said in plain(lay_out(advisor, (*shown.below, *shown.card), 1))


def test_an_opening_stands_above_the_reply(advisor: Advisor) -> None:
    text, _, _ = laid_out(done(advisor).do(note("the works council must agree")))
    assert text.split("\n")[0] == "It stays hybrid. A limited budget holds it back."
    assert "Noted: “the works council must agree”" in text


@pytest.mark.parametrize("read", [(), (set_("data", "yes", quote="thousands", sure=Sure.IMPLIED),)])
def test_what_was_understood_of_an_idea_stands_above_its_first_question(
    advisor: Advisor, read: tuple[Command, ...]
) -> None:
    talk = Talk(advisor).do(chat(What.THANKS)).do(TOLD, *read)
    rest, taken = apart(talk.turn)
    assert list(taken) == [Form.OPENING] and not rest.shows_something
    text, pressed, _ = laid_out(talk)
    said, *below = text.splitlines()
    assert said == "It stays hybrid. A limited budget holds it back."
    assert f"Question {1 + len(read)} of 5" in below[len(read)]
    assert "my advice" not in text
    assert pressed == [button for button in talk.buttons() if not button.startswith("answer")]
    assert not apart(talk.do(note("for May"), text="for May").turn)[1].keys() - {Form.OPENING}
    assert apart(talk.do(set_("volume", "low")).turn)[1] == {}


def test_who_words_answers_is_said_once_a_thread(advisor: Advisor) -> None:
    talk = Talk(advisor).say("what does tuning cost?")
    assert "It words some of my answers" in talk.said
    assert "words some" not in talk.say("how much data do we need?").said


def test_without_a_model_that_speaks_nothing_is_said_of_it(advisor: Advisor) -> None:
    listening = Advisor.build(advisor.knowledge, advisor.catalogue, "House model")
    assert "words some" not in Talk(listening).say("what does tuning cost?").said
    assert not Advisor.build(advisor.knowledge, advisor.catalogue, speaks=True).speaks
