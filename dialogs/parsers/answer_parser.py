"""Parses answers: to the open question, to another one, to several, or a correction."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.intents import (
    Ambiguous,
    Correction,
    GivenAnswer,
    LikelyAnswer,
)
from dialogs.parsers.corrections import (
    changed_answers,
    correction_by_option_words,
    correction_of_last_answer,
    corrects,
    names_of,
    replacement_answers,
)
from dialogs.parsers.phrases import Words, asks_inside, is_question, requests, rest_of, starts, without
from knowledge.interfaces import PROJECT, Certainty, MatchOutcome, Reading, UnderstoodAnswer
from knowledge.pack import UNSURE, Question
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import (
    ParsedAnswer,
    Prompt,
    exact_options,
    fold,
    option_with_word,
    parse_answer,
    stands_alone,
)

_LONGEST_FACT, SURE_PROJECT = 25, 0.95
"""While a question is open, a text of at most this many words that answers one is a new idea only from this probability
on.
"""

_NEAR_QUESTION = 0.3
"""Score from which a text that opens like a question asks for the closest passage."""

_PLAIN_QUESTION = 0.6
"""The same for a text that opens like a sentence without a subject: "is very little"."""

_SURE_QUESTION = 0.8
"""Score from which a passage is asked for, whatever the text may also answer: "before that, what is LoRA"."""

_SURELY_OPEN = 0.95
"""Probability from which a text that opens like a question says "not sure": "how much, nobody told me"."""


def answer_to_prompt(advisor: Advisor, prompt: Prompt, text: str, words: Words) -> GivenAnswer | Ambiguous | None:
    """An answer to a prompt that is no framework question, or to one about a practice case."""
    found = parse_answer(prompt, text)
    asks = is_question(advisor, text, words) and not _completes(advisor, found, text, words)
    if not found.exact and (asks or corrects(advisor, words)):
        return None
    if len(found.options) > 1:
        return Ambiguous(found.options)
    if found.options and not found.exact and not found.said and advisor.knowledge.reader.hedged(text):
        return Ambiguous(tuple(option.id for option in prompt.options))
    own = None if found.exact else advisor.knowledge.reader.stated(text).get(prompt.id)
    if not found.options:
        return (
            _told_by_a_word(advisor, prompt, found, text)
            if own is None
            else GivenAnswer(own.option, plain=False, others={})
        )
    if own is not None and own.option != found.options[0]:
        return Ambiguous(tuple(o.id for o in prompt.options if o.id in (found.options[0], own.option)))
    return GivenAnswer(found.options[0], found.exact or found.plain, {})


def _told_by_a_word(advisor: Advisor, prompt: Prompt, found: ParsedAnswer, text: str) -> GivenAnswer | None:
    """The option of a lesson's question with a word in the text: lenient, since only a score depends on it."""
    option = None if found.mixed or prompt.id in advisor.pack.question_of else option_with_word(prompt, text)
    return None if option is None else GivenAnswer(option, plain=False, others={})


def answers_in(
    advisor: Advisor, conversation: Conversation, prompt: Question | None, text: str, words: Words
) -> GivenAnswer | LikelyAnswer | Ambiguous | Correction | None:
    """The answers to framework questions in a text, while one of them is open or the result is shown."""
    recorded = conversation.chosen
    found = parse_answer(prompt, text) if prompt is not None else ParsedAnswer()
    marked = corrects(advisor, words)
    if prompt is not None and found.exact:
        if len(found.options) > 1:
            return Ambiguous(found.options)
        return GivenAnswer(found.options[0], plain=True, others={})
    given = {a.question: a for a in advisor.knowledge.typed_answers.answers(text, prompt.id if prompt else None)}
    if _is_bare(advisor, words):
        given = {q: answer for q, answer in given.items() if prompt is not None and q == prompt.id}
    if prompt is None and _fits_several(advisor, words):
        return None
    if marked:
        stated = advisor.knowledge.reader.stated(text)
        given |= {q: UnderstoodAnswer(q, r.option, Certainty.TAKE, r.evidence) for q, r in stated.items()}
    if prompt is None and asks_inside(advisor, words):
        stated = advisor.knowledge.reader.stated(text)
        given = {q: answer for q, answer in given.items() if q in stated and stated[q].option == answer.option}
    if prompt is not None and marked:
        before = correction_of_last_answer(advisor, conversation, prompt, given, text, words)
        if before is not None:
            return before
    own = given.get(prompt.id) if prompt is not None else None
    asks = is_question(advisor, text, words)
    plain = any(answer.certainty is Certainty.TAKE for answer in given.values()) and not _asks_for_passage(
        advisor, text, words
    )
    if asks and not _completes(advisor, found, text, words, plain=plain):
        if own is None:
            return None
        if own.option == UNSURE and own.probability >= _SURELY_OPEN and not text.rstrip().endswith("?"):
            return LikelyAnswer(own.question, UNSURE, {})
        if starts(words, advisor.catalogue.phrases.question):
            return None
        asked = own.option == UNSURE and _asks_for_passage(advisor, text, words)
        return None if asked else LikelyAnswer(own.question, own.option, {})
    if prompt is not None and not marked:
        elsewhere = _unsure_of_another(advisor, prompt, given, recorded, text)
        if elsewhere is not None:
            return elsewhere
        guessed = own is not None and own.certainty is Certainty.PROPOSE
        answer = _own_answer(prompt, own, found, given, recorded)
        if answer is not None:
            return None if guessed and _asks_surely(advisor, text) else answer
    return _other_answers(advisor, conversation, prompt, given, text, words, marked=marked)


def _fits_several(advisor: Advisor, words: Words) -> bool:
    """Whether what a text says beside a no are the words of options of several questions: "no none"."""
    rest = rest_of(words, advisor.catalogue.phrases.reject)
    said = " ".join(rest)
    return rest != words and sum(bool(exact_options(question, said)) for question in advisor.pack.questions) > 1


def _is_bare(advisor: Advisor, words: Words) -> bool:
    """Whether a text is only a yes, a no or "its fine", also several of them, which refer to what was asked."""
    phrases = advisor.catalogue.phrases
    return bool(words) and not without(words, (*phrases.confirm, *phrases.reject, *phrases.content))


def _unsure_of_another(
    advisor: Advisor,
    prompt: Question,
    given: Mapping[str, UnderstoodAnswer],
    recorded: Mapping[str, str],
    text: str,
) -> Correction | None:
    """ "Not sure" about a question that is not open ("Budget I don't know"), with the text's other answers."""
    own = given.get(prompt.id)
    fillers = advisor.catalogue.phrases.change_fillers
    named = [q for q in advisor.pack.questions if {*fold(text)} & names_of(q, fillers)]
    options = parse_answer(prompt, text).options if own is None else (own.option,)
    if UNSURE not in options or len(named) != 1 or named[0] == prompt:
        return None
    (question,) = named
    answered = question.id in given and given[question.id].option != UNSURE
    if answered or _unsure_apart(prompt, text, names_of(question, fillers), {*fillers}):
        return None
    others = changed_answers(given, recorded, Certainty.TAKE, without=prompt.id)
    return Correction({**others, question.id: Reading(UNSURE, text.strip())})


def _unsure_apart(prompt: Question, text: str, names: set[str], fillers: set[str]) -> bool:
    """Whether "not sure" has a clause of its own, beside a clause about the question with these names: "no idea. budget
    is 50k".
    """
    parts = [part for sentence in sentences(text) for part in clauses(sentence)]
    about = [part for part in parts if {*fold(part)} & names]
    unsure = any(parse_answer(prompt, part).options == (UNSURE,) for part in parts if part not in about)
    return unsure and any({*fold(part)} - names - fillers for part in about)


def _own_answer(
    prompt: Question,
    own: UnderstoodAnswer | None,
    found: ParsedAnswer,
    given: Mapping[str, UnderstoodAnswer],
    recorded: Mapping[str, str],
) -> GivenAnswer | LikelyAnswer | Ambiguous | None:
    opposed = len({*found.options} - {UNSURE}) > 1
    if (opposed and own is not None and own.certainty is Certainty.PROPOSE) or (own is None and len(found.options) > 1):
        return Ambiguous(found.options)
    if own is None:
        return None
    others = changed_answers(given, recorded, Certainty.TAKE, without=prompt.id)
    if own.certainty is Certainty.PROPOSE:
        return LikelyAnswer(prompt.id, own.option, others)
    likely = changed_answers(given, recorded, Certainty.PROPOSE, without=prompt.id)
    for question, reading in likely.items():
        if question not in recorded:
            return LikelyAnswer(question, reading.option, {prompt.id: Reading(own.option, own.evidence), **others})
    return GivenAnswer(own.option, found.plain and found.options == (own.option,), others)


def _other_answers(
    advisor: Advisor,
    conversation: Conversation,
    prompt: Question | None,
    given: Mapping[str, UnderstoodAnswer],
    text: str,
    words: Words,
    *,
    marked: bool,
) -> Correction | LikelyAnswer | None:
    """Answers to questions other than the open one."""
    recorded = conversation.chosen
    if not marked and _is_about_another(advisor, text, words, answers=prompt is not None and bool(given)):
        return None
    stated = {a.question: a for a in given.values() if a.certainty is Certainty.TAKE}
    open_still = bool(stated) and all(recorded.get(question) == UNSURE for question in stated)
    alone = (
        open_still
        or refers_back(advisor, words)
        or stands_alone(words, *(answer.evidence for answer in stated.values()))
    )
    if not marked and prompt is None and not alone:
        return None
    changed = changed_answers(given, recorded, Certainty.TAKE)
    if not changed and marked:
        changed = replacement_answers(advisor, recorded, text)
    if changed or (stated and not marked):
        return Correction(changed)
    by_its_words = correction_by_option_words(advisor, recorded, text) if marked else None
    if by_its_words is not None:
        return by_its_words
    likely = changed_answers(given, recorded, Certainty.PROPOSE)
    for question_id, reading in likely.items():
        return LikelyAnswer(question_id, reading.option, {})
    return Correction({}) if stated and prompt is None else None


def _is_about_another(advisor: Advisor, text: str, words: Words, *, answers: bool) -> bool:
    """Whether a text is about another idea than the current one. `answers`: it answers a question."""
    if requests(advisor, words):
        return True
    if refers_back(advisor, words):
        return False
    least = SURE_PROJECT if answers and len(words) <= _LONGEST_FACT else PROJECT
    return advisor.knowledge.matcher.project(text) >= least


def refers_back(advisor: Advisor, words: Words) -> bool:
    """Whether a text opens with a word that refers back: "it must …", "same fault same code"."""
    return starts(words, advisor.catalogue.phrases.references)


def _asks_for_passage(advisor: Advisor, text: str, words: Words) -> bool:
    """Whether a passage is close; very close if the text opens like a wish: "should sound like us"."""
    match = advisor.knowledge.matcher.passage(text)
    if starts(words, advisor.catalogue.phrases.wishes):
        return match.outcome is MatchOutcome.ANSWER
    if starts(words, advisor.catalogue.phrases.copulas) and {*words}.isdisjoint(advisor.pack.anchors):
        return match.outcome is MatchOutcome.ANSWER and match.score >= _PLAIN_QUESTION
    return match.outcome is not MatchOutcome.UNKNOWN and match.score >= _NEAR_QUESTION


def _asks_surely(advisor: Advisor, text: str) -> bool:
    match = advisor.knowledge.matcher.passage(text)
    return match.outcome is MatchOutcome.ANSWER and match.score >= _SURE_QUESTION


def _completes(advisor: Advisor, found: ParsedAnswer, text: str, words: Words, *, plain: bool = False) -> bool:
    """Whether a text that opens like a question completes the open one: "should be the same". `plain`: it states
    something plainly.
    """
    phrases = advisor.catalogue.phrases
    opens = starts(words, phrases.auxiliaries) and not starts(words[1:], phrases.subjects)
    return opens and not text.rstrip().endswith("?") and (plain or found.exact or found.plain)
