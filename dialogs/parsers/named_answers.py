"""Answers to a question that is named: "volume: low", "domain is general"."""

import re

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.intents import Correction
from dialogs.parsers import corrections
from knowledge.interfaces import Reading
from knowledge.typed_answers.word_parser import fold, folded, parse_answer

_ASSIGNED = re.compile(r"\s*[:=]\s*")


def assigned_answer(advisor: Advisor, part: str) -> Correction | None:
    """An assignment: "and change volume to low", "volume: not sure"."""
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
