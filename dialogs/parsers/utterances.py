"""The answers of one message, sentence by sentence."""

from collections.abc import Mapping, Sequence

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.conversation import Conversation
from dialogs.intents import NO, YES, Correction, GivenAnswer, Intent, LikelyAnswer
from dialogs.parsers import answer_parser, yes_no_parser
from dialogs.parsers.corrections import assigned_answer, named_answer
from dialogs.parsers.self_repairs import around_retraction
from knowledge.interfaces import Reading
from knowledge.pack import UNSURE, Question
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import fold, parse_answer

_SHORTEST_CLAUSE = 3
"""A clause of fewer words counts only if it is an option."""


_VERY_SURE = 0.95
"""Probability from which a clause answers a question that is not open although the reader of descriptions reads nothing
there.
"""


_READ = 0.9
"""Probability from which the reader of descriptions confirms a clause."""


_MOST = 4
"""A message of more sentences is a description, and is read as a whole."""


def answers_by_sentence(
    advisor: Advisor, conversation: Conversation, prompt: Question | None, text: str, whole: Intent | None
) -> Intent | None:
    """The answers of the sentences one by one, if they add to the meaning of the `whole` text or differ from it."""
    parts = sentences(text)
    if any(part.endswith("?") for part in parts):
        return whole
    earlier, later = around_retraction(advisor, text)
    if later:
        said = _of_part(advisor, conversation, prompt, later, first=False)
        if said is None:
            return whole
        before = _of_part(advisor, conversation, prompt, earlier, first=True)
        return _with_earlier(conversation, prompt, before, said)
    if len(parts) == 1:
        return _answers_by_clause(advisor, conversation, prompt, text, whole)
    if len(parts) > _MOST:
        return whole
    found = [_parsed(advisor, conversation, prompt, part, first=number == 0) for number, part in enumerate(parts)]
    return _together(conversation, prompt, whole, _without_guesses(prompt, parts, found))


def _of_part(
    advisor: Advisor, conversation: Conversation, prompt: Question | None, part: str, *, first: bool
) -> Intent | None:
    alone = _parsed(advisor, conversation, prompt, part, first=first)
    return answers_by_sentence(advisor, conversation, prompt, part, alone)


def _with_earlier(
    conversation: Conversation, prompt: Question | None, before: Intent | None, said: Intent
) -> Intent | None:
    """What was `said` last, with the answers before it that nobody took back. If both answer different questions, it is
    not known which answer was taken back, so no earlier one counts.
    """
    earlier, later = _stated(conversation, prompt, before), {*_stated(conversation, prompt, said)}
    if isinstance(said, LikelyAnswer):
        later.add(said.question)
    kept = {q: reading for q, reading in earlier.items() if q not in later and reading.option != UNSURE}
    if not kept or later.isdisjoint(earlier):
        return said
    return _together(conversation, prompt, said, [Correction(kept), said])


def _without_guesses(
    prompt: Question | None, parts: Sequence[str], found: Sequence[Intent | None]
) -> list[Intent | None]:
    """Drops a "not sure" that is only guessed, if another part answers something: "WAIT. JUST CHECKED. THERE ARE NO
    EXAMPLES". Also drops one that is said in words, if another part answers the open question.
    """
    corrections = [intent.readings for intent in found if isinstance(intent, Correction) and intent.readings]
    if prompt is None or not corrections:
        return [*found]
    answered = any(prompt.id in readings for readings in corrections)
    return [
        intent
        for part, intent in zip(parts, found, strict=True)
        if not _is_unsure(intent) or (not answered and parse_answer(prompt, part).options == (UNSURE,))
    ]


def _answers_by_clause(
    advisor: Advisor, conversation: Conversation, prompt: Question | None, text: str, whole: Intent | None
) -> Intent | None:
    """The same for the clauses of one sentence: they add to what the whole says, and never contradict it."""
    if whole in (YES, NO):
        return whole
    named = assigned_answer(advisor, text) or named_answer(advisor, conversation, text) if whole is None else None
    if named is not None:
        return named
    parts = clauses(text)
    if not 2 <= len(parts) <= _MOST or advisor.knowledge.reader.hedged(text):
        return whole
    found = [_of_clause(advisor, conversation, prompt, part) for part in parts]
    likely = isinstance(whole, LikelyAnswer)
    sure = [
        _sure(advisor, conversation, prompt, part, intent, alone=not likely)
        for part, intent in zip(parts, found, strict=True)
    ]
    leanings = {(i.question, i.option) for i in found if isinstance(i, LikelyAnswer)}
    stated = {q: r.option for intent in sure for q, r in _stated(conversation, prompt, intent).items()}
    if any(option != stated.get(question, option) for question, option in leanings):
        return whole
    if prompt is not None and any(_is_unsure(intent) for intent in found):
        proposed = isinstance(whole, LikelyAnswer) and whole.option == UNSURE
        worded = any(parse_answer(prompt, part).options == (UNSURE,) for part in parts)
        sure_of_it = not stated and (proposed or (worded and not isinstance(whole, GivenAnswer | Correction)))
        return GivenAnswer(UNSURE, plain=False, others={}) if sure_of_it else whole
    said = _together(conversation, prompt, whole, [*sure, Correction(_stated(conversation, prompt, whole))])
    return whole if isinstance(said, LikelyAnswer) and isinstance(whole, GivenAnswer | Correction) else said


def _of_clause(advisor: Advisor, conversation: Conversation, prompt: Question | None, part: str) -> Intent | None:
    """The meaning of a clause; a very short one counts only if it has the words of an option."""
    named = assigned_answer(advisor, part)
    if named is not None:
        return named
    if len(fold(part)) >= _SHORTEST_CLAUSE:
        return answer_parser.answers_in(advisor, conversation, prompt, part, fold(part))
    options = parse_answer(prompt, part).options if prompt is not None else ()
    return GivenAnswer(options[0], plain=False, others={}) if len(options) == 1 else None


def _sure(
    advisor: Advisor,
    conversation: Conversation,
    prompt: Question | None,
    part: str,
    intent: Intent | None,
    *,
    alone: bool,
) -> Correction | None:
    """The answers that a clause gives for sure. Part of its meaning may be in the clauses beside it, so a second
    opinion has to agree: that of the classifiers if `alone` (the whole text was not taken for something likely), else
    words or wordings.
    """
    if assigned_answer(advisor, part) is not None:
        return Correction(_stated(conversation, prompt, intent))
    stated = {
        question: reading
        for question, reading in _stated(conversation, prompt, intent).items()
        if reading.option != UNSURE and _is_seconded(advisor, prompt, part, question, reading, alone=alone)
    }
    return Correction(stated) if stated else None


def _is_unsure(intent: Intent | None) -> bool:
    return isinstance(intent, GivenAnswer) and intent.option == UNSURE


def _is_seconded(
    advisor: Advisor, prompt: Question | None, part: str, question: str, reading: Reading, *, alone: bool
) -> bool:
    own = prompt is not None and question == prompt.id
    if not own and not alone:
        return False
    read = advisor.knowledge.reader.read_answer(part).get(question)
    if read is not None:
        return read.option == reading.option and read.probability >= _READ
    if prompt is None or not own:
        return reading.probability >= _VERY_SURE
    if parse_answer(prompt, part).options == (reading.option,):
        return True
    anything = advisor.knowledge.typed_answers.answers(part, None) if alone else ()
    return any((answer.question, answer.option) == (question, reading.option) for answer in anything)


def _together(
    conversation: Conversation, prompt: Question | None, whole: Intent | None, found: Sequence[Intent | None]
) -> Intent | None:
    """The answers of all parts of a text, if they do not contradict each other and say more than the whole."""
    given: dict[str, Reading] = {}
    likely = next((intent for intent in found if isinstance(intent, LikelyAnswer)), None)
    for intent in found:
        for question, reading in _stated(conversation, prompt, intent).items():
            if given.setdefault(question, reading).option != reading.option:
                return whole
    before = _stated(conversation, prompt, whole)
    differing = [q for q, reading in given.items() if q in before and before[q].option != reading.option]
    if differing:
        others = {question: reading for question, reading in given.items() if question not in differing}
        return LikelyAnswer(differing[0], given[differing[0]].option, others)
    if not given.keys() > before.keys():
        return whole
    if prompt is not None and prompt.id in given:
        own = given[prompt.id]
        if likely is not None and likely.question not in (*given, *conversation.chosen):
            return LikelyAnswer(likely.question, likely.option, given)
        del given[prompt.id]
        return GivenAnswer(own.option, plain=False, others=given)
    if likely is None and isinstance(whole, LikelyAnswer):
        likely = whole
    if likely is not None and likely.question not in given:
        return LikelyAnswer(likely.question, likely.option, given)
    return Correction(given)


def _parsed(
    advisor: Advisor, conversation: Conversation, prompt: Question | None, part: str, *, first: bool
) -> Intent | None:
    words = fold(part)
    named = assigned_answer(advisor, part)
    if named is not None:
        return named
    if first:
        reply = yes_no_parser.reply_to_proposal(advisor, conversation, part, words)
        if reply is not None:
            return reply
    return answer_parser.answers_in(advisor, conversation, prompt, part, words)


def _stated(conversation: Conversation, prompt: Question | None, intent: Intent | None) -> Mapping[str, Reading]:
    """The answers that an intent records, by question."""
    proposal = conversation.confirm
    match intent:
        case GivenAnswer(option, _, others) if prompt is not None:
            return {prompt.id: Reading(option, ""), **others}
        case Correction(readings):
            return readings
        case LikelyAnswer(_, _, others):
            return others
        case (Command(Kind.CONFIRM),) if proposal is not None:
            return {proposal.question: Reading(proposal.option, "")}
        case _:
            return {}
