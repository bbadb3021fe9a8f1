"""The utterances of one message: an answer and a question beside it, or answers sentence by sentence."""

import re
from collections.abc import Mapping, Sequence
from functools import cache

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.intents import Confirmation, Correction, GivenAnswer, Intent, LikelyAnswer, Rejection
from dialogs.parsers import corrections, typed_answers
from knowledge.interfaces import Reading
from knowledge.pack import UNSURE, Question
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import fold, folded, parse_answer

_ASSIGNED = re.compile(r"\s*[:=]\s*")
_SHORTEST_CLAUSE = 3
"""Words of a clause from which on it may say something by itself."""

_VERY_SURE = 0.95
_READ = 0.9
"""From these shares on a clause is believed by itself, or where the reader of descriptions agrees."""

_MOST = 4
"""A message of more sentences is a description, and is read as a whole."""


def _around_retraction(advisor: Advisor, text: str) -> tuple[str, str]:
    """What stands before and after the words with which somebody takes back what they have just said: "normal talk...
    well actually no, jargon". Nothing where nobody does.
    """
    phrases = advisor.catalogue.phrases
    found = list(_retraction(phrases.retraction, phrases.retraction_apart).finditer(text))
    return (text[: found[-1].start()], text[found[-1].end() :]) if found else ("", "")


def takes_back(advisor: Advisor, text: str) -> bool:
    """Whether somebody takes back, further on in a text, what they have just said."""
    return bool(_around_retraction(advisor, text)[1])


@cache
def _retraction(anywhere: tuple[str, ...], apart: tuple[str, ...]) -> re.Pattern[str]:
    """These phrases inside a text; those that are `apart` are ordinary English without a mark before them."""
    return re.compile(rf"(?<=\w)(?:\W+(?:{_any_of(anywhere)})|\W*[^\w\s'’]\W*(?:{_any_of(apart)}))\b\W*", re.IGNORECASE)


def _any_of(phrases: tuple[str, ...]) -> str:
    listed = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace("\\ ", r"[\s,]+") for phrase in listed)


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


def questions_in(text: str) -> tuple[str, ...]:
    """The questions of a text that asks several and says nothing else; none of any other text."""
    parts = sentences(text)
    several = 2 <= len(parts) <= _MOST and all(part.endswith("?") for part in parts)
    return parts if several else ()


def answers_by_sentence(
    advisor: Advisor, conversation: Conversation, prompt: Question | None, text: str, whole: Intent | None
) -> Intent | None:
    """What the sentences say one by one, where that is more than what the text says as a `whole`, or otherwise."""
    parts = sentences(text)
    if any(part.endswith("?") for part in parts):
        return whole
    earlier, later = _around_retraction(advisor, text)
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
    """What was `said` last, and of what was said `before` it the answers that nobody took back. Where both answer
    different questions, nothing tells which answer was taken back, so none of them counts.
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
    """Without a "not sure" that no part says in words, where another part answers something: "WAIT. JUST CHECKED. THERE
    ARE NO EXAMPLES". The same for one that is said in words before the answer to it.
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
    """The same for the clauses of one sentence: they add to what the whole says, and never gainsay it."""
    if isinstance(whole, Confirmation | Rejection):
        return whole
    named = _assigned(advisor, text) or _named(advisor, conversation, text) if whole is None else None
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
    """What a clause says; of a very short one only the words of options count."""
    named = _assigned(advisor, part)
    if named is not None:
        return named
    if len(fold(part)) >= _SHORTEST_CLAUSE:
        return typed_answers.answers_in(advisor, conversation, prompt, part, fold(part))
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
    """What a clause surely says. It may belong to what stands beside it, so a second opinion must say the same: `alone`
    that of the classifiers, where the whole text is not taken for something likely; else words or wordings.
    """
    if _assigned(advisor, part) is not None:
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
    """What the parts of a text say, where they do not gainsay each other, and say more than the whole."""
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
    change = corrections.change_in(advisor, words)
    if change is not None and change[1] is not None:
        return Correction({change[0]: Reading(change[1], part)})
    name, *value = _ASSIGNED.split(part, maxsplit=1)
    for question in advisor.pack.questions:
        if value and fold(name) in (fold(question.name), (question.id,), fold(question.name)[:1]):
            options = parse_answer(question, value[0]).options
            return Correction({question.id: Reading(options[0], part)}) if len(options) == 1 else None
    return None


def _named(advisor: Advisor, conversation: Conversation, text: str) -> Correction | None:
    """ "domain is general its just letters": a question by its name, and one of its options."""
    words = fold(text)
    for question in advisor.pack.questions:
        for name in (fold(question.name), (question.id,), fold(question.name)[:1]):
            rest = words[len(name) :]
            if words[: len(name)] != name or rest[:1] not in folded(advisor.catalogue.phrases.copulas):
                continue
            options = parse_answer(question, " ".join(rest[1:])).options
            if len(options) == 1 and not advisor.knowledge.reader.hedged(text):
                same = conversation.chosen.get(question.id) == options[0]
                return Correction({} if same else {question.id: Reading(options[0], text.strip())})
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
