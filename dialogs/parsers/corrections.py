"""Corrections: what takes back an answer that was given before, and changes of an answer by its question's name."""

import re
from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.intents import Correction, TypedCommand
from dialogs.message import Action, Verb
from dialogs.parsers.phrases import Words, is_question, rest_of, starts
from knowledge.interfaces import Certainty, Reading, UnderstoodAnswer
from knowledge.pack import Question
from knowledge.sentences import clauses
from knowledge.typed_answers.word_parser import Prompt, fold, folded, parse_answer

_NAMED_WORDS = 4
"""A text that names a question to open again has no more words beside fillers."""


def corrects(advisor: Advisor, words: Words) -> bool:
    """Whether the text opens as what takes back something said before."""
    return starts(words, advisor.catalogue.phrases.correction)


def as_correction(advisor: Advisor, text: str, words: Words) -> str:
    """A text that opens with "no, that's wrong" and goes on, with the opening of a correction instead: "wrong" and "not
    right" would be read as answers.
    """
    phrases = advisor.catalogue.phrases
    opening = len(words) - len(rest_of(words, phrases.contradiction))
    rest = " ".join(text.split()[opening:])
    return f"{phrases.correction[0]}, {rest}" if opening and rest else text


def change_in(advisor: Advisor, words: Words) -> tuple[str, str | None] | None:
    """ "change data", "change the budget to limited": the question, and the option where one is named."""
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


def doubted(advisor: Advisor, words: Words) -> str | None:
    """ "consistency is wrong", "no, the volume isnt right": the question whose answer is doubted; nothing says what it
    should be.
    """
    phrases = advisor.catalogue.phrases
    said = rest_of(words, (*phrases.reject, *phrases.correction))
    ends = [said[: -len(phrase)] for phrase in folded(phrases.doubt) if said[-len(phrase) :] == phrase]
    about = {*min(ends, key=len, default=())} - {*phrases.change_fillers}
    named = [q.id for q in advisor.pack.questions if about and about <= names_of(q, phrases.change_fillers)]
    return named[0] if len(named) == 1 else None


def mended(advisor: Advisor, conversation: Conversation, words: Words) -> Correction | TypedCommand | None:
    """What a whole text does about answers without saying what is right: the last change is taken back, or a question
    is asked again.
    """
    back = taken_back(advisor, conversation, words)
    question = doubted(advisor, words)
    return back if question is None else TypedCommand(Action(Verb.EDIT, (question,)))


def taken_back(advisor: Advisor, conversation: Conversation, words: Words) -> Correction | None:
    """ "undo", "no wait, put it back": the answers before the last change, where the last answer was one. What waits to
    be confirmed goes on waiting.
    """
    phrases = advisor.catalogue.phrases
    said = rest_of(words, (*phrases.reject, *phrases.correction))
    if not conversation.changed or conversation.revisit is not None or said not in folded(phrases.undo):
        return None
    return Correction({question: Reading(option, "") for question, option in conversation.changed.items()}, beside=True)


def correction_of_case(
    advisor: Advisor, recorded: Mapping[str, str], prompt: Prompt | None, text: str, words: Words
) -> Correction | None:
    """Other options for a case that is practised on."""
    if is_question(advisor, text, words) or (prompt is None and not corrects(advisor, words)):
        return None
    readings = advisor.knowledge.reader.stated(text)
    changed = {q: reading for q, reading in readings.items() if recorded.get(q) != reading.option}
    if changed:
        return Correction(changed)
    return renamed(advisor, recorded, text) if corrects(advisor, words) else None


def answer_before(
    advisor: Advisor,
    conversation: Conversation,
    prompt: Question,
    given: Mapping[str, UnderstoodAnswer],
    text: str,
    words: Words,
) -> Correction | None:
    """A bare amount that takes back the answer just given, where nothing says that it is one to the open question:
    "wait no, more like 200 usable ones".
    """
    answers = conversation.answers
    own = given.get(prompt.id)
    if not answers or own is None or own.certainty is Certainty.TAKE or prompt.id in answers:
        return None
    replies = advisor.knowledge.typed_answers
    at = max(answer.at for answer in answers.values())
    last = [question for question, answer in answers.items() if answer.at == at and question not in given]
    opening = len(words) - len(rest_of(words, advisor.catalogue.phrases.correction))
    amount = " ".join(text.split()[opening:])  # as it was typed: folded, "0.02k" would be another number
    meant = [answer for q in last for answer in replies.answers(amount, q) if answer.question == q]
    anywhere = {answer.question for answer in replies.answers(text, None)}
    if len(meant) != 1 or prompt.id in anywhere or not re.search(r"\d", text):
        return None
    return Correction({meant[0].question: Reading(meant[0].option, text.strip())})


def other_amount(advisor: Advisor, conversation: Conversation, text: str) -> Correction | TypedCommand | None:
    """ "not 5000, 500", "50 not 5000": an amount in place of the one that was just given as an answer. Where it does
    not tell the option for sure, the question is asked again.
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
    was, now = (_read_as(advisor, newest, parts[at]) for at in (denied[0], meant))
    if was != conversation.chosen[newest]:
        return None
    if now is None:
        return TypedCommand(Action(Verb.EDIT, (newest,)))
    return Correction({} if now == was else {newest: Reading(now, text.strip())})


def _read_as(advisor: Advisor, question: str, amount: str) -> str | None:
    """The option that an amount surely means as an answer to a question."""
    found = advisor.knowledge.typed_answers.answers(amount, question)
    sure = (answer.option for answer in found if answer.question == question and answer.certainty is Certainty.TAKE)
    return next(sure, None)


def said_instead(advisor: Advisor, recorded: Mapping[str, str], text: str) -> dict[str, Reading]:
    """Who takes something back may first say what it was: "tell a lie, I said none, but there are 600"."""
    parts = clauses(text)
    for first in range(1, len(parts)):
        rest = " ".join(parts[first:])
        given = {answer.question: answer for answer in advisor.knowledge.typed_answers.answers(rest, None)}
        changed = changed_answers(given, recorded, Certainty.TAKE)
        if changed:
            return changed
    return {}


def renamed(advisor: Advisor, recorded: Mapping[str, str], text: str) -> Correction | None:
    """A correction in the words of a single answered question's options."""
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
