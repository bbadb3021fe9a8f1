"""The answers in a supposition, read like facts."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.understanding.phrases import Words, names_of
from knowledge.interfaces import Reading
from knowledge.typed_answers.word_parser import fold, folded, parse_answer


def supposed(advisor: Advisor, text: str) -> Mapping[str, Reading]:
    """The answers that a text supposes, behind the words that say so or anywhere; none if it does not say which."""
    words = fold(text)
    openers = sorted(folded(advisor.catalogue.phrases.hypothetical), key=len, reverse=True)
    behind = [
        words[at + len(opener) :]
        for opener in openers
        for at in range(len(words))
        if words[at : at + len(opener)] == opener
    ]
    for rest in (*behind[:1], words):
        found = _read(advisor, rest)
        if found:
            return found
    return {}


def _read(advisor: Advisor, words: Words) -> Mapping[str, Reading]:
    """ "we had no budget" as "we have no budget"; of a question that is named, the rest as its answer."""
    tenses, reader = advisor.catalogue.tenses, advisor.knowledge.typed_answers
    text = " ".join(tenses.get(word, word) for word in words)
    named = [question for question in advisor.pack.questions if {*words} & names_of(question, ())]
    for question in named:
        options = parse_answer(question, text).options
        if len(options) == 1:
            return {question.id: Reading(options[0], text)}
    found = {answer.question: Reading(answer.option, answer.evidence) for answer in reader.answers(text, None)}
    for question in () if found else named:
        value = " ".join(word for word in text.split() if word not in names_of(question, ()))
        own = [answer for answer in reader.answers(value, question.id) if answer.question == question.id]
        if own:
            return {question.id: Reading(own[0].option, text)}
    return found
