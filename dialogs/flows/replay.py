"""Derives the live card from a conversation: the open question, or the recommendation. None of it is stored.

A conversation asks in the order of the pack. What is asked about an idea of the board: `knowledge.judgement`.
"""

from collections.abc import Mapping
from datetime import date

from dialogs.conversation import Answer, Conversation
from dialogs.limits import bounded
from dialogs.message import Person, day_of
from dialogs.replies import Reply
from dialogs.replies.notices import Greeting
from dialogs.replies.questions import AnswersSoFar, InterimResult, LikelyOption, QuestionCard, RecordedAnswer
from dialogs.replies.results import Recommendation, ResultSummary
from knowledge.decision import decide, final_verdict
from knowledge.interfaces import Knowledge
from knowledge.judgement import closest_scenario, differences, likeness
from knowledge.outside import OutsideEntry
from knowledge.pack import UNSURE, Pack, Passage, Question, Scenario

SCENARIO_SCORE = 0.5
"""Minimum closeness of a scenario to a description; below it the answers choose the scenario."""

FAQ_SCORE = 0.5
"""Minimum closeness of an FAQ to a description; below it the FAQ is the verdict's own."""

CALLED = 3
"""Most outside entries that are named for one idea."""


def open_question(pack: Pack, conversation: Conversation) -> Question | None:
    """The question that waits for an answer: the one whose answer is to be confirmed, the one opened again, or the
    first without an answer.
    """
    if not conversation.started:
        return None
    proposal = conversation.confirm
    if proposal is not None and proposal.question not in conversation.answers and not conversation.concluded:
        return pack.question(proposal.question)
    if conversation.revisit is not None:
        return pack.question(conversation.revisit)
    if conversation.concluded:
        return None
    answers = conversation.answers
    return next((question for name, question in pack.question_of.items() if name not in answers), None)


def previous_question(pack: Pack, conversation: Conversation) -> Question | None:
    """The question that "back" leads to; None at the first."""
    current = open_question(pack, conversation)
    ids = [question.id for question in pack.questions]
    position = ids.index(current.id) if current else len(ids)
    return pack.questions[position - 1] if position > 0 else None


def replay(knowledge: Knowledge, conversation: Conversation, at: int) -> tuple[Reply, ...]:
    """The content of the live card. `at` (seconds since 1970) decides only which outside facts are still shown."""
    pack = knowledge.pack
    question = open_question(pack, conversation)
    proposal = conversation.confirm
    if question is not None and proposal is not None and proposal.question == question.id and not proposal.told:
        without = open_question(pack, conversation.replace(confirm=None))
        named = without is None or without.id != question.id
        return (LikelyOption(question, proposal.option, max(1, conversation.missed), named),)
    if question is not None:
        return (_question_card(knowledge, conversation, question),)
    if conversation.started:
        return (recommend(knowledge, conversation, at),)
    return (Greeting(pack),)


def _question_card(knowledge: Knowledge, conversation: Conversation, question: Question) -> QuestionCard:
    """The open question with its place and the answers so far."""
    pack = knowledge.pack
    name, answers, proposal = question.id, conversation.answers, conversation.confirm
    answered = {q: option for q, option in conversation.chosen.items() if q != name}
    certain = knowledge.judgements.of(answered).final if answered and conversation.revisit is None else None
    return QuestionCard(
        question=question,
        number=1 + (list(pack.question_of).index(name) if conversation.revisit is not None else len(answered)),
        total=len(pack.questions),
        records=tuple([record for record in records(pack, conversation) if record.question.id != name]),
        previous=answers.get(name),
        certain=certain,
        first=not answers,
        can_go_back=question is not pack.questions[0],
        several=len(conversation.people) > 1,
        untold=not conversation.title,
        told=proposal.option if proposal is not None and proposal.told and proposal.question == name else "",
    )


def records(pack: Pack, conversation: Conversation, *, named: bool = False) -> tuple[RecordedAnswer, ...]:
    """The answers so far, in the framework's order. `named`: with their givers, also where only one takes part."""
    answers, several = conversation.answers, named or conversation.shared
    known = [question for name, question in pack.question_of.items() if name in answers]
    return tuple([_recorded(conversation, question, answers[question.id], several) for question in known])


def recorded(pack: Pack, conversation: Conversation, question_id: str) -> RecordedAnswer:
    """One recorded answer. Its giver is named if several people take part and the name is known: nobody is mentioned
    for it.

    KeyError if the question has no answer.
    """
    answer = conversation.answers[question_id]
    return _recorded(conversation, pack.question(question_id), answer, conversation.shared)


def _recorded(conversation: Conversation, question: Question, answer: Answer, several: bool) -> RecordedAnswer:
    return RecordedAnswer(question, answer, giver(conversation, answer) if several else None)


def summarise(knowledge: Knowledge, conversation: Conversation, at: int, link: str | None) -> ResultSummary:
    """The result with all answers and the people who gave them."""
    given, notes = records(knowledge.pack, conversation, named=True), (note.text for note in conversation.kept_notes)
    result = recommend(knowledge, conversation, at)
    return ResultSummary(result, given, at, link, tuple(notes), status_of(conversation))


def giver(conversation: Conversation, answer: Answer) -> Person | None:
    """The giver of an answer, with the name of this or another of their answers; None if no name is known."""
    names = (other.name for other in (answer, *conversation.answers.values()) if other.by == answer.by and other.name)
    name = next(names, None)
    return None if name is None else Person(answer.by, name)


def recommend(knowledge: Knowledge, conversation: Conversation, at: int) -> Recommendation:
    """The recommendation for the answers; a question without an answer counts as unsure."""
    pack, answers = knowledge.pack, conversation.chosen
    judged = knowledge.judgements.of(answers)
    decided, main = judged.decided, judged.main
    verdict = pack.verdict(decided.verdict)
    scenario, by_answers = _scenario(knowledge, conversation)
    alike = likeness(pack, scenario.id, answers) if scenario else None
    faq = _faq(knowledge, conversation, verdict.faq)
    today, in_use = day_of(at), says_in_use(pack, conversation)
    return Recommendation(
        pack=pack,
        title=conversation.title,
        verdict=verdict,
        decided=decided,
        main=main,
        records=records(pack, conversation),
        changes=judged.changes,
        steps=tuple([step.fitting(in_use=in_use) for step in judged.steps]),
        path=tuple([step.fitting(in_use=in_use) for step in decided.held_back]),
        scenario=scenario,
        by_answers=by_answers,
        like=tuple(pack.question(q) for q in alike.like) if alike else (),
        unlike=tuple(pack.question(q) for q in alike.unlike) if alike else (),
        differences=_differences(pack, scenario, answers) if scenario else (),
        faq=faq,
        faq_reason=main[0] if main and faq is not None and faq.verdicts and verdict.id not in faq.verdicts else None,
        outside=tuple([entry for entry in pack.outside_on(today) if decided.verdict in entry.verdicts]),
        called=next(iter(called_entries(knowledge, conversation.idea, today)), None) if conversation.idea else None,
    )


IN_USE = frozenset({"piloting", "live"})
"""Statuses of ideas of which something is there already."""


def status_of(conversation: Conversation) -> str:
    """The status of the conversation's own idea, as it is on the board; "" for none."""
    listed = conversation.board.find(conversation.own) if conversation.board is not None and conversation.own else None
    return "" if listed is None else listed.status


def says_in_use(pack: Pack, conversation: Conversation) -> bool:
    """Whether the idea, a note or the status says that something is in use already; what was said last counts."""
    if status_of(conversation) in IN_USE:
        return True
    told = (conversation.idea, *(note.text for note in conversation.kept_notes))
    said = [known for text in told if text and (known := pack.in_use.said_of(text)) is not None]
    return said[-1] if said else False


def _scenario(knowledge: Knowledge, conversation: Conversation) -> tuple[Scenario | None, bool]:
    pack = knowledge.pack
    if conversation.idea:
        closest = knowledge.matcher.scenario(conversation.idea)
        if closest.id is not None and closest.score >= SCENARIO_SCORE:
            return pack.scenario(closest.id), False
    by_answers = closest_scenario(pack, conversation.chosen)
    if by_answers is None or not likeness(pack, by_answers, conversation.chosen).like:
        return None, False
    return pack.scenario(by_answers), True


def _differences(
    pack: Pack, scenario: Scenario, answers: Mapping[str, str]
) -> tuple[tuple[Question, str, str | None], ...]:
    """The questions that explain why a scenario comes out otherwise, with the person's option and the story's."""
    return tuple(
        (pack.question(name), answers.get(name, UNSURE), scenario.answers.get(name))
        for name in differences(pack, scenario.id, answers)
    )


def _faq(knowledge: Knowledge, conversation: Conversation, default: str) -> Passage | None:
    if not knowledge.pack.faqs:
        return None
    if conversation.idea:
        closest = knowledge.matcher.faq(conversation.idea)
        if closest.id is not None and closest.score >= FAQ_SCORE:
            return knowledge.pack.passage(closest.id)
    return knowledge.pack.passage(default)


def called_entries(knowledge: Knowledge, text: str, today: date) -> tuple[OutsideEntry, ...]:
    """Up to three outside entries that a text calls for and that are current on this day, the surest first."""
    outside = knowledge.pack.outside
    found = [entry for called in knowledge.matcher.calls(bounded(text).text) for entry in outside if entry.id == called]
    return tuple([entry for entry in found if entry.is_current(today)][:CALLED])


def answers_so_far(knowledge: Knowledge, conversation: Conversation) -> AnswersSoFar:
    """Which idea a conversation is about, how far it has come, its answers and notes."""
    pack, question = knowledge.pack, open_question(knowledge.pack, conversation)
    finished = question is None and conversation.started
    verdict = pack.verdict(decide(pack, conversation.chosen).verdict) if finished else None
    return AnswersSoFar(conversation.title, records(pack, conversation), question, verdict, conversation.kept_notes)


def interim_result(knowledge: Knowledge, conversation: Conversation, question: Question) -> InterimResult:
    """The result so far, while this question is open."""
    pack = knowledge.pack
    given = {name: option for name, option in conversation.chosen.items() if name != question.id}
    decided, certain = decide(pack, given), final_verdict(pack, given) if given else None
    steps = knowledge.judgements.of(given).steps if certain is not None else ()
    points = any(reason.towards is not None for reason in decided.reasons)
    return InterimResult(
        verdict=pack.verdict(decided.verdict) if points else None,
        left=len(pack.questions) - len(given),
        certain=certain is not None,
        step=steps[0].fitting(in_use=says_in_use(pack, conversation)).text if steps else "",
    )
