"""Corrections: what changes an earlier answer. "change budget to limited", "volume: low", "not 5000, 500".

Each becomes a `Correction`, or the command that opens the question again; `flows.questions` acts on both. What a text
would change only in passing: `incidental_changes`.
"""

import re
from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.intents import UNDO, Commands, Correction
from dialogs.message import Action, Verb
from dialogs.parsers.phrases import Words, is_question, rest_of, starts
from knowledge.interfaces import Certainty, Reading, UnderstoodAnswer
from knowledge.pack import Question
from knowledge.sentences import clauses
from knowledge.typed_answers.word_parser import Prompt, fold, folded, parse_answer

_MOST_REPEATED = 6
"""Most clauses that repeat the old answer before a new one."""

_NAMED_WORDS = 4
"""Most words, besides fillers, of a text that opens a question again."""


_ASSIGNED = re.compile(r"\s*[:=]\s*")


def corrects(advisor: Advisor, words: Words) -> bool:
    """Whether a text opens like a correction."""
    return starts(words, advisor.catalogue.phrases.correction)


def as_correction(advisor: Advisor, text: str, words: Words) -> str:
    """The text with the opening of a correction in place of "no, that's wrong" and the like: "wrong" and "not right"
    would be read as answers.
    """
    phrases = advisor.catalogue.phrases
    opening = len(words) - len(rest_of(words, phrases.contradiction))
    rest = " ".join(text.split()[opening:])
    return f"{phrases.correction[0]}, {rest}" if opening and rest else text


def _change_in(advisor: Advisor, words: Words) -> tuple[str, str | None] | None:
    """A change of a named question, and its new option if given: "change data", "change the budget to limited"."""
    phrases = advisor.catalogue.phrases
    for opener in (*phrases.change, *phrases.assign):
        phrase = fold(opener)
        if words[: len(phrase)] != phrase:
            continue
        rest = tuple(word for word in words[len(phrase) :] if word not in phrases.change_fillers)
        named = [q for q in advisor.pack.questions if {*rest} & names_of(q, phrases.change_fillers)]
        if len(named) != 1:
            continue
        (question,) = named
        value = " ".join(word for word in rest if word not in names_of(question, phrases.change_fillers))
        found = advisor.knowledge.typed_answers.answers(value, question.id) if value else ()
        sure = [a.option for a in found if a.question == question.id and a.certainty is Certainty.TAKE]
        option = sure[0] if sure else None
        if option is not None:
            return question.id, option
        if opener in phrases.change and len({*rest}) <= _NAMED_WORDS:
            return question.id, None
    return None


def change_by_name(advisor: Advisor, conversation: Conversation, words: Words) -> Correction | Action | None:
    """What a whole text does that changes a question by its name: its new option, or the question opened again."""
    match _change_in(advisor, words):
        case (question, str(option)) if conversation.started:
            return Correction({question: Reading(option, " ".join(words))})
        case (question, None):
            return Action(Verb.EDIT, (question,))
        case _:
            return None


def assigned_answer(advisor: Advisor, part: str) -> Correction | None:
    """An assignment: "and change volume to low", "volume: not sure"."""
    words = fold(part)
    fillers = advisor.catalogue.phrases.change_fillers
    while words and words[0] in fillers:
        words = words[1:]
    change = _change_in(advisor, words)
    if change is not None and change[1] is not None:
        return Correction({change[0]: Reading(change[1], part)})
    name, *value = _ASSIGNED.split(part, maxsplit=1)
    for question in advisor.pack.questions:
        if value and fold(name) in (fold(question.name), (question.id,), fold(question.name)[:1]):
            options = parse_answer(question, value[0]).options
            return Correction({question.id: Reading(options[0], part)}) if len(options) == 1 else None
    return None


def named_answer(advisor: Advisor, conversation: Conversation, text: str) -> Correction | None:
    """A question by its name, with one of its options: "domain is general its just letters"."""
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


def doubted_question(advisor: Advisor, words: Words) -> str | None:
    """The question whose answer a text doubts without giving another: "consistency is wrong", "no, the volume isnt
    right".
    """
    phrases = advisor.catalogue.phrases
    said = rest_of(words, (*phrases.reject, *phrases.correction))
    ends = [said[: -len(phrase)] for phrase in folded(phrases.doubt) if said[-len(phrase) :] == phrase]
    about = {*min(ends, key=len, default=())} - {*phrases.change_fillers}
    named = [q.id for q in advisor.pack.questions if about and about <= names_of(q, phrases.change_fillers)]
    return named[0] if len(named) == 1 else None


def reopening(advisor: Advisor, words: Words) -> Action | None:
    """The command that opens a question again, if a whole text doubts its answer."""
    question = doubted_question(advisor, words)
    return None if question is None else Action(Verb.EDIT, (question,))


def correction_of_case(
    advisor: Advisor, recorded: Mapping[str, str], prompt: Prompt | None, text: str, words: Words
) -> Correction | None:
    """Corrected options for a practice case."""
    if is_question(advisor, text, words) or (prompt is None and not corrects(advisor, words)):
        return None
    readings = advisor.knowledge.reader.stated(text)
    changed = {q: reading for q, reading in readings.items() if recorded.get(q) != reading.option}
    if changed:
        return Correction(changed)
    return correction_by_option_words(advisor, recorded, text) if corrects(advisor, words) else None


def correction_of_last_answer(
    advisor: Advisor,
    conversation: Conversation,
    prompt: Question,
    given: Mapping[str, UnderstoodAnswer],
    text: str,
    words: Words,
) -> Correction | None:
    """A correction of the answer given last by a bare amount, if nothing relates the amount to the open question: "wait
    no, more like 200 usable ones".
    """
    answers = conversation.answers
    own = given.get(prompt.id)
    if not answers or own is None or own.certainty is Certainty.TAKE or prompt.id in answers:
        return None
    reader = advisor.knowledge.typed_answers
    at = max(answer.at for answer in answers.values())
    last = [question for question, answer in answers.items() if answer.at == at and question not in given]
    opening = len(words) - len(rest_of(words, advisor.catalogue.phrases.correction))
    amount = " ".join(text.split()[opening:])  # not folded, since "0.02k" would become another number
    meant = [answer for q in last for answer in reader.answers(amount, q) if answer.question == q]
    anywhere = {answer.question for answer in reader.answers(text, None)}
    if len(meant) != 1 or prompt.id in anywhere or not re.search(r"\d", text):
        return None
    return Correction({meant[0].question: Reading(meant[0].option, text.strip())})


def amount_correction(advisor: Advisor, conversation: Conversation, text: str) -> Correction | Action | None:
    """A correction of the answer given last by another amount: "not 5000, 500", "50 not 5000". If the amount does not
    fit one option for sure, the question is opened again.
    """
    phrases = advisor.catalogue.phrases
    parts = [part.strip(",;.!") for part in text.split()]
    amounts = [at for at, part in enumerate(parts) if part[:1].isdecimal()]
    around = {word for part in parts if not part[:1].isdecimal() for word in fold(part)}
    denied = [at for at in amounts if at and fold(parts[at - 1]) in folded(phrases.denied_amount)]
    fillers = {*phrases.amount_fillers, *phrases.denied_amount}
    if len(amounts) != 2 or len(denied) != 1 or not around <= fillers or not conversation.answers:
        return None
    (meant,) = {*amounts} - {*denied}
    newest = max(conversation.answers.items(), key=lambda answered: answered[1].at)[0]
    was, now = (_option_of_amount(advisor, newest, parts[at]) for at in (denied[0], meant))
    if was != conversation.chosen[newest]:
        return None
    if now is None:
        return Action(Verb.EDIT, (newest,))
    return Correction({} if now == was else {newest: Reading(now, text.strip())})


def _option_of_amount(advisor: Advisor, question: str, amount: str) -> str | None:
    """The option that an amount gives for sure as the answer to a question."""
    found = advisor.knowledge.typed_answers.answers(amount, question)
    sure = (answer.option for answer in found if answer.question == question and answer.certainty is Certainty.TAKE)
    return next(sure, None)


def replacement_answers(advisor: Advisor, recorded: Mapping[str, str], text: str) -> dict[str, Reading]:
    """The new answers of a text that first repeats the old one: "tell a lie, I said none, but there are 600"."""
    parts = clauses(text)
    for first in range(1, min(len(parts), _MOST_REPEATED + 1)):
        rest = " ".join(parts[first:])
        given = {answer.question: answer for answer in advisor.knowledge.typed_answers.answers(rest, None)}
        changed = changed_answers(given, recorded, Certainty.TAKE)
        if changed:
            return changed
    return {}


def correction_by_option_words(advisor: Advisor, recorded: Mapping[str, str], text: str) -> Correction | None:
    """A correction by the words of an option, if only one recorded question has such an option."""
    candidates: dict[str, Reading] = {}
    for question_id, option in recorded.items():
        found = parse_answer(advisor.pack.question(question_id), text)
        if len(found.options) == 1 and found.options[0] != option:
            candidates[question_id] = Reading(found.options[0], text.strip())
    return Correction(candidates) if len(candidates) == 1 else None


def changed_answers(
    given: Mapping[str, UnderstoodAnswer], recorded: Mapping[str, str], certainty: Certainty, without: str | None = None
) -> dict[str, Reading]:
    return {
        question: Reading(answer.option, answer.evidence, answer.probability)
        for question, answer in given.items()
        if answer.certainty is certainty and question != without and recorded.get(question) != answer.option
    }


def names_of(question: Question, fillers: tuple[str, ...]) -> set[str]:
    return {*fold(question.name), question.id} - {*fillers}


def undo(advisor: Advisor, conversation: Conversation, words: Words) -> Commands | None:
    """That the last change is to be taken back: "undo", "no wait, put it back". A proposal goes on waiting."""
    phrases = advisor.catalogue.phrases
    said = rest_of(words, (*phrases.reject, *phrases.correction))
    if conversation.revisit is not None or said not in folded(phrases.undo):
        return None
    return UNDO if conversation.written else None
