"""Properties of whole conversations, over random sequences of presses and texts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs import catalogue
from dialogs.advisor import Advisor
from dialogs.conversation import REMEMBERED_IDS, Conversation
from dialogs.flows.replay import FAQ_SCORE, SCENARIO_SCORE, open_question, recommend, replay
from dialogs.message import ARGUMENTS, Action, Message, Person, Press, Typed, Verb
from dialogs.replies.lessons import CaseResult, LessonFeedback
from dialogs.respond import respond
from dialogs.views import current_view, lay_out, superseded_card
from dialogs.views.plain_text import plain
from knowledge.interfaces import Closest
from tests.by_words import advisor_by_words
from tests.dialogs.stub_knowledge import Understanding, asked, understanding
from tests.dialogs.talk import NOON
from tests.dialogs.views.shown import ALL
from tests.knowledge.fixtures import pack

PACK = pack()

LESSONS = [
    Action(Verb.LESSON, (str(n), option.id))
    for n, lesson in enumerate(PACK.lessons, 1)
    for option in lesson.check.options
]

answers = st.sampled_from([(q.id, o.id) for q in PACK.questions for o in q.options])
actions = st.one_of(
    answers.map(lambda pair: Action(Verb.ANSWER, pair)),
    st.sampled_from([Action(Verb.EDIT, (q.id,)) for q in PACK.questions]),
    st.sampled_from([Action(verb) for verb in Verb if verb not in ARGUMENTS]),
    st.sampled_from(LESSONS),
    st.sampled_from([Action(Verb.PRACTICE, (q.id, o.id)) for q in PACK.questions for o in q.options]),
    st.sampled_from([Action(Verb.PASSAGE, (p.id,)) for p in PACK.passages]),
)
texts = st.one_of(
    st.sampled_from([word for words in catalogue.load().commands.values() for word in words]),
    st.sampled_from([word for q in PACK.questions for o in q.options for word in (o.label, *o.words)]),
    st.sampled_from(
        [
            "should we fine-tune our bot?",
            "How much does fine-tuning cost?",
            "change data",
            "actually yes",
            "learn",
            "learn 2",
        ]
    ),
    st.sampled_from([word for n in PACK.lessons for o in n.check.options for word in (o.label, *o.words)]),
    st.text(max_size=60),
)
contents = st.one_of(
    texts.map(Typed),
    st.builds(lambda action, revision: Press(action, revision), actions, st.one_of(st.none(), st.integers(0, 40))),
)
messages = st.tuples(contents, st.sampled_from(["ana", "ben"]), st.booleans(), st.integers(0, 30))
learners = st.one_of(messages, st.sampled_from(LESSONS).map(lambda a: (Press(a, None), "ana", True, 0)))


def play(sequence: list[tuple[Typed | Press, str, bool, int]]) -> list[Conversation]:
    conversations = [Conversation.fresh(PACK)]
    for position, (content, who, addressed, number) in enumerate(sequence):
        message = Message(f"m{number}", Person(who), 1_795_000_000 + position, content, addressed)
        before = conversations[-1]
        turn = respond(advisor_by_words(), before, message)
        check(before, turn.conversation, message)
        for replies in (turn.card, turn.below, turn.aside):
            if replies:
                assert plain(lay_out(advisor_by_words(), replies, turn.conversation.revision)).strip()
        superseded_card(advisor_by_words(), before, turn.conversation, message.at)
        conversations.append(turn.conversation)
    return conversations


def check(before: Conversation, after: Conversation, message: Message) -> None:
    if after is before:
        return
    assert after.revision == before.revision + 1
    assert after.opened <= after.revision
    assert after.has_seen(message.id)
    assert len(after.seen) <= REMEMBERED_IDS
    assert set(after.answers) <= {q.id for q in PACK.questions}


@settings(max_examples=150)
@given(st.lists(messages, max_size=25))
def test_any_conversation_keeps_its_invariants(sequence: list[tuple[Typed | Press, str, bool, int]]) -> None:
    play([(content, who, addressed, position) for position, (content, who, addressed, _) in enumerate(sequence)])


@settings(max_examples=80)
@given(st.lists(messages, max_size=20))
def test_a_repeated_message_changes_nothing(sequence: list[tuple[Typed | Press, str, bool, int]]) -> None:
    conversation = Conversation.fresh(PACK)
    for position, (content, who, addressed, _) in enumerate(sequence):
        message = Message(f"m{position}", Person(who), 1_795_000_000 + position, content, addressed)
        once = respond(advisor_by_words(), conversation, message).conversation
        twice = respond(advisor_by_words(), once, message)
        assert twice.conversation.chosen == once.chosen
        if once is not conversation:
            assert twice.conversation is once
        conversation = once


@settings(max_examples=80)
@given(st.lists(messages, max_size=20))
def test_a_stored_conversation_is_the_same_one(sequence: list[tuple[Typed | Press, str, bool, int]]) -> None:
    conversation = play(sequence)[-1]
    restored = Conversation.from_json(conversation.to_json())
    assert restored == conversation
    at = 1_795_000_000
    assert advisor_by_words().flows.replay(restored, at) == advisor_by_words().flows.replay(conversation, at)
    assert current_view(advisor_by_words(), restored, at) == current_view(advisor_by_words(), conversation, at)


@settings(max_examples=100)
@given(st.permutations([q.id for q in PACK.questions]), st.data())
def test_the_order_of_answers_makes_no_difference(order: list[str], data: st.DataObject) -> None:
    chosen = {q.id: data.draw(st.sampled_from([o.id for o in q.options])) for q in PACK.questions}
    conversation = _press(Conversation.fresh(PACK), Action(Verb.START))
    for question in order:
        conversation = _press(conversation, Action(Verb.EDIT, (question,)))
        conversation = _press(conversation, Action(Verb.ANSWER, (question, chosen[question])))
    straight = _press(Conversation.fresh(PACK), Action(Verb.START))
    while (question := open_question(PACK, straight)) is not None:
        straight = _press(straight, Action(Verb.ANSWER, (question.id, chosen[question.id])))
    assert conversation.chosen == straight.chosen == chosen
    knowledge = advisor_by_words().knowledge
    shown = [replay(knowledge, c.replace(answers=straight.answers), 1_795_000_000) for c in (conversation, straight)]
    assert shown[0] == shown[1]


@settings(max_examples=80)
@given(st.lists(learners, max_size=40), st.booleans())
def test_any_way_through_the_lessons_keeps_its_invariants(
    sequence: list[tuple[Typed | Press, str, bool, int]], private: bool
) -> None:
    conversation = Conversation.fresh(PACK)
    begin = (Press(Action(Verb.LEARN)), "ana", True, 0)
    for position, (content, who, addressed, _) in enumerate([begin, *sequence]):
        message = Message(f"m{position}", Person(who), 1_795_000_000 + position, content, addressed, private)
        before = conversation
        turn = respond(advisor_by_words(), before, message)
        conversation = turn.conversation
        check(before, conversation, message)
        for replies in (turn.card, turn.below):
            text = plain(lay_out(advisor_by_words(), replies, conversation.revision))
            assert len(text) < 3000 or conversation.flow != "learn"
            if not private:
                assert not [r for r in replies if isinstance(r, LessonFeedback | CaseResult)]
                assert "right at the first answer" not in text
        tour = conversation.tour
        if tour is not None:
            earlier = before.tour.first if before.tour is not None and before.tour.order == tour.order else {}
            assert tour.by == "ana" or private
            assert {k: v for k, v in earlier.items() if v and tour.first} == {
                k: tour.first[k] for k, v in earlier.items() if v and tour.first
            }
            assert tour.finished is None or set(tour.first) == {lesson.id for lesson in PACK.lessons}
        advisor_by_words().flows.open_prompt(Conversation.from_json(conversation.to_json()))


def _press(conversation: Conversation, action: Action) -> Conversation:
    number = conversation.revision + 1
    message = Message(f"p{number}", Person("ana"), 1_795_000_000, Press(action, conversation.revision))
    return respond(advisor_by_words(), conversation, message).conversation


@pytest.mark.parametrize(
    ("closest", "by_answers"),
    [
        (Closest("closest", SCENARIO_SCORE), False),
        (Closest("closest", SCENARIO_SCORE - 0.01), True),
        (Closest(None, 1.0), True),
    ],
)
def test_the_closest_case_is_that_of_the_description_where_it_is_close(
    advisor: Advisor, closest: Closest, by_answers: bool
) -> None:
    scenario = advisor.pack.scenarios[-1].id

    class Near(Understanding):
        def scenario(self, text: str) -> Closest:
            return closest if closest.id is None else Closest(scenario, closest.score)

    knowledge = understanding(advisor, Near()).knowledge
    result = recommend(knowledge, asked(advisor, None, **ALL).replace(idea="a bot"), NOON)
    assert result.scenario is not None
    assert result.by_answers is by_answers
    assert by_answers or result.scenario.id == scenario


@pytest.mark.parametrize(
    ("closest", "by_idea"),
    [(Closest("closest", FAQ_SCORE), True), (Closest("closest", FAQ_SCORE - 0.01), False), (Closest(None, 1.0), False)],
)
def test_the_faq_is_that_of_the_description_where_it_is_close_and_else_the_verdicts(
    advisor: Advisor, closest: Closest, by_idea: bool
) -> None:
    given = asked(advisor, None, **ALL).replace(idea="a bot")
    default = recommend(advisor.knowledge, given.replace(idea=""), NOON).faq
    assert default is not None
    other = next(faq.id for faq in advisor.pack.faqs if faq.id != default.id)

    class Near(Understanding):
        def faq(self, text: str) -> Closest:
            return closest if closest.id is None else Closest(other, closest.score)

    result = recommend(understanding(advisor, Near()).knowledge, given, NOON)
    assert result.faq.id == (other if by_idea else default.id)
