"""The utterances of one message: an answer and a question beside it, or answers sentence by sentence."""

import re
from collections.abc import Mapping

from dialogs import typed_answers
from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.intents import Confirmation, Correction, GivenAnswer, Intent, LikelyAnswer
from knowledge.answer_parser import fold, parse_answer
from knowledge.interfaces import Reading
from knowledge.pack import Question

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_CLAUSE_END = re.compile(r"(?<=[.!?;:,])\s+|\n+")
_ASSIGNED = re.compile(r"\s*[:=]\s*")
_MOST = 4
"""A message of more sentences is a description, and is read as a whole."""


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, each with the mark that it ends in."""
    return _split(_SENTENCE_END, text)


def clauses(text: str) -> tuple[str, ...]:
    """The same, of its clauses."""
    return _split(_CLAUSE_END, text)


def _split(end: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in end.split(text) if part and fold(part))


def question_beside(text: str) -> tuple[str, str] | None:
    """A text of an answer and a question, in the order in which they stand there: "good ones. what is LoRA?"."""
    parts = sentences(text)
    asked = [part.endswith("?") for part in parts]
    if not 2 <= len(parts) <= _MOST or all(asked) or not any(asked):
        return None
    turn = asked.index(not asked[0])
    if any(asks is asked[0] for asks in asked[turn:]):
        return None
    return " ".join(parts[:turn]), " ".join(parts[turn:])


def answers_by_sentence(
    advisor: Advisor, conversation: Conversation, prompt: Question | None, text: str, whole: Intent | None
) -> Intent | None:
    """What the sentences say one by one, where that is more than what the text says as a `whole`, or otherwise."""
    parts = sentences(text)
    if not 2 <= len(parts) <= _MOST or any(part.endswith("?") for part in parts):
        return whole
    found = [_parsed(advisor, conversation, prompt, part, first=number == 0) for number, part in enumerate(parts)]
    given: dict[str, Reading] = {}
    likely: LikelyAnswer | None = None
    for intent in found:
        if isinstance(intent, LikelyAnswer):
            likely = likely or intent
        for question, reading in _stated(conversation, prompt, intent).items():
            if given.setdefault(question, reading).option != reading.option:
                return whole
    before = _stated(conversation, prompt, whole)
    differing = [q for q, reading in given.items() if q in before and before[q].option != reading.option]
    if differing:
        return LikelyAnswer(differing[0], given[differing[0]].option, {})
    if not given.keys() > before.keys():
        return whole
    if prompt is not None and prompt.id in given:
        own = given.pop(prompt.id)
        return GivenAnswer(own.option, plain=False, others=given)
    if likely is not None and likely.question not in given:
        return LikelyAnswer(likely.question, likely.option, given)
    return Correction(given)


def _parsed(
    advisor: Advisor, conversation: Conversation, prompt: Question | None, part: str, *, first: bool
) -> Intent | None:
    words = fold(part)
    named = _assigned(advisor, part)
    if named is not None:
        return named
    if first:
        reply = typed_answers.reply_to_proposal(advisor, conversation, part, words)
        if reply is not None:
            return reply
    return typed_answers.answers_in(advisor, conversation, prompt, part, words)


def _assigned(advisor: Advisor, part: str) -> Correction | None:
    """ "and change volume to low", "volume: not sure"."""
    words = fold(part)
    fillers = advisor.catalogue.phrases.change_fillers
    while words and words[0] in fillers:
        words = words[1:]
    change = typed_answers.change_in(advisor, words)
    if change is not None and change[1] is not None:
        return Correction({change[0]: Reading(change[1], part)})
    name, *value = _ASSIGNED.split(part, maxsplit=1)
    for question in advisor.pack.questions:
        if value and fold(name) in (fold(question.name), (question.id,), fold(question.name)[:1]):
            options = parse_answer(question, value[0]).options
            return Correction({question.id: Reading(options[0], part)}) if len(options) == 1 else None
    return None


def _stated(conversation: Conversation, prompt: Question | None, intent: Intent | None) -> Mapping[str, Reading]:
    """What an intent takes, by question."""
    proposal = conversation.confirm
    match intent:
        case GivenAnswer(option, _, others) if prompt is not None:
            return {prompt.id: Reading(option, ""), **others}
        case Correction(readings):
            return readings
        case LikelyAnswer(_, _, others):
            return others
        case Confirmation() if proposal is not None:
            return {proposal.question: Reading(proposal.option, "")}
        case _:
            return {}
