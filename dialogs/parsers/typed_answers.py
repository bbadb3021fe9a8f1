"""What a typed text answers: the open question, another one, several, or an earlier one anew."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, open_question, options_beside, shows_reading
from dialogs.flows.base import Flow
from dialogs.intents import (
    Acknowledgement,
    Ambiguous,
    Confirmation,
    Correction,
    GivenAnswer,
    LikelyAnswer,
    Rejection,
)
from dialogs.message import number_in
from dialogs.parsers.corrections import answer_before, changed_answers, corrects, names_of, renamed, said_instead
from dialogs.parsers.phrases import Words, asks_inside, is_question, requests, starts, without
from knowledge.interfaces import PROJECT, Certainty, MatchOutcome, Reading, UnderstoodAnswer
from knowledge.pack import UNSURE, Question
from knowledge.sentences import clauses, sentences
from knowledge.typed_answers.word_parser import (
    ParsedAnswer,
    Prompt,
    exact_options,
    fold,
    folded,
    option_with_word,
    parse_answer,
    place_named,
    stands_alone,
)

_LONGEST_FACT, SURE_PROJECT = 25, 0.95
"""While a question is open, a text of so few words that answers one is another idea only from this sureness on."""

_NEAR_QUESTION = 0.3
"""From this score on, a text that opens like a question asks for the closest passage."""

_PLAIN_QUESTION = 0.6
"""The same for one that opens as a sentence without its subject does: "is very little"."""

_SURE_QUESTION = 0.8
"""From this score on a passage is asked for, whatever the text may perhaps answer: "before that, what is LoRA"."""

_SURELY_OPEN = 0.95
"""From this share on a text that opens like a question says that it is open: "how much, nobody told me"."""


def reply_to_proposal(
    advisor: Advisor, conversation: Conversation, text: str, words: Words
) -> Confirmation | Rejection | GivenAnswer | Ambiguous | None:
    """What a text says about the option that waits to be confirmed; None where it is about something else."""
    proposal = conversation.confirm
    if proposal is None:
        return None
    phrases = advisor.catalogue.phrases
    question = advisor.pack.question(proposal.question)
    if not words:
        return _by_emoji(advisor, text)
    if open_question(advisor.pack, conversation) == question:
        place = place_named(words)
        number = number_in(words[0] if len(words) == 1 else "") or (0 if place is None else place + 1)
        if 1 <= number <= len(question.options):
            option = options_beside(question, proposal.option)[number - 1]
            return Confirmation() if option == proposal.option else GivenAnswer(option, plain=True, others={})
        if without(words, phrases.courtesies) in folded(phrases.deferred):
            return Confirmation(left=True)
    bare = " ".join(words)
    exact = exact_options(question, text)
    if bare in phrases.confirm:
        return Confirmation()
    if bare in phrases.reject and exact in ((), (proposal.option,)):
        return Rejection()
    return _with_more(advisor, question, proposal.option, text, words)


def _by_emoji(advisor: Advisor, text: str) -> Confirmation | Rejection | None:
    if any(sign in text for sign in advisor.catalogue.emoji.happy):
        return Confirmation()
    return Rejection() if any(sign in text for sign in advisor.catalogue.emoji.unhappy) else None


def _with_more(
    advisor: Advisor, question: Question, proposed: str, text: str, words: Words
) -> Confirmation | Rejection | GivenAnswer | Ambiguous | None:
    """ "yes, few" and "no, many": what follows says it, or else the first word."""
    phrases = advisor.catalogue.phrases
    if is_question(advisor, text, words):
        return None
    for opener, reply in ((phrases.confirm, Confirmation()), (phrases.reject, Rejection())):
        if not starts(words, opener):
            continue
        rest = _after_first_word(text)
        found = {answer.question: answer for answer in advisor.knowledge.typed_answers.answers(rest, question.id)}
        own = found.pop(question.id, None)
        others = {q: Reading(a.option, a.evidence) for q, a in found.items() if a.certainty is Certainty.TAKE}
        differs = own is not None and own.option != proposed
        if isinstance(reply, Confirmation) and own is not None and differs and own.certainty is Certainty.TAKE:
            if proposed == UNSURE:  # "ok then yes, 8000 tickets" says more than that
                return GivenAnswer(own.option, plain=True, others=others)
            return Ambiguous((proposed, own.option))
        if isinstance(reply, Confirmation):
            return GivenAnswer(proposed, plain=True, others=others)
        if own is not None and differs:
            return GivenAnswer(own.option, plain=True, others=others)
        return None if others or _denies_another(advisor, question, text, words) else reply
    return None


def _denies_another(advisor: Advisor, question: Question, text: str, words: Words) -> bool:
    """Whether the first word belongs to what follows, which answers another question: "no budget really"."""
    phrases = advisor.catalogue.phrases
    apart = text.strip().lower().removeprefix(words[0])[:1] != " " or starts(words[1:], phrases.subjects)
    if apart or len(words) == 1:
        return False
    found = advisor.knowledge.typed_answers.answers(text, question.id)
    return any(answer.question != question.id and answer.certainty is Certainty.TAKE for answer in found)


def _after_first_word(text: str) -> str:
    return text.strip().partition(" ")[2].lstrip(" ,.;:-–—")


def reply_to_reading(
    advisor: Advisor, conversation: Conversation, prompt: Prompt | None, words: Words
) -> Acknowledgement | LikelyAnswer | None:
    """A bare yes or no below "I read … Wrong?": it may be about that, so it is no answer to the question below."""
    if prompt is None or not shows_reading(conversation):
        return None
    bare = " ".join(words)
    phrases = advisor.catalogue.phrases
    if bare not in phrases.confirm and bare not in phrases.reject:
        return None
    meant = exact_options(prompt, bare)
    if len(meant) == 1 and _is_framework(advisor, prompt):
        return LikelyAnswer(prompt.id, meant[0], {})
    return Acknowledgement() if bare in phrases.confirm else None


def _is_framework(advisor: Advisor, prompt: Prompt) -> bool:
    return any(question.id == prompt.id for question in advisor.pack.questions)


def answer_to_prompt(
    advisor: Advisor, flow: Flow, prompt: Prompt, text: str, words: Words
) -> GivenAnswer | Ambiguous | None:
    """An answer to a prompt that is no question of the framework, or one about a case to practise on."""
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
    """An option of a lesson's question of which the text has a word: nothing but a score hangs on it."""
    option = None if found.mixed or _is_framework(advisor, prompt) else option_with_word(prompt, text)
    return None if option is None else GivenAnswer(option, plain=False, others={})


def answers_in(
    advisor: Advisor, conversation: Conversation, prompt: Question | None, text: str, words: Words
) -> GivenAnswer | LikelyAnswer | Ambiguous | Correction | None:
    """What a text answers of the framework's questions, with one of them open or a result on the table."""
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
    if marked:
        stated = advisor.knowledge.reader.stated(text)
        given |= {q: UnderstoodAnswer(q, r.option, Certainty.TAKE, r.evidence) for q, r in stated.items()}
    if prompt is None and asks_inside(advisor, words):
        stated = advisor.knowledge.reader.stated(text)
        given = {q: answer for q, answer in given.items() if q in stated and stated[q].option == answer.option}
    if prompt is not None and marked:
        before = answer_before(advisor, conversation, prompt, given, text, words)
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


def _is_bare(advisor: Advisor, words: Words) -> bool:
    """Whether a text is no more than a yes, a no or "its fine", which is about what was asked."""
    phrases = advisor.catalogue.phrases
    return " ".join(words) in (*phrases.confirm, *phrases.reject, *phrases.content)


def _unsure_of_another(
    advisor: Advisor,
    prompt: Question,
    given: Mapping[str, UnderstoodAnswer],
    recorded: Mapping[str, str],
    text: str,
) -> Correction | None:
    """ "Budget I don't know" while another question is open, and what the text says besides."""
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
    """Whether the "not sure" stands in a clause of its own, beside one that says something about what has these names:
    "no idea. budget is 50k".
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
        changed = said_instead(advisor, recorded, text)
    if changed or (stated and not marked):
        return Correction(changed)
    by_its_words = renamed(advisor, recorded, text) if marked else None
    if by_its_words is not None:
        return by_its_words
    likely = changed_answers(given, recorded, Certainty.PROPOSE)
    for question_id, reading in likely.items():
        return LikelyAnswer(question_id, reading.option, {})
    return Correction({}) if stated and prompt is None else None


def _is_about_another(advisor: Advisor, text: str, words: Words, *, answers: bool) -> bool:
    """Whether a text is more than a fact about the idea that is being discussed. `answers`: it answers a question."""
    if requests(advisor, words):
        return True
    if refers_back(advisor, words):
        return False
    least = SURE_PROJECT if answers and len(words) <= _LONGEST_FACT else PROJECT
    return advisor.knowledge.matcher.project(text) >= least


def refers_back(advisor: Advisor, words: Words) -> bool:
    """Whether a text opens with what stands for something said before: "it must …", "same fault same code"."""
    return starts(words, advisor.catalogue.phrases.references)


def _asks_for_passage(advisor: Advisor, text: str, words: Words) -> bool:
    """Whether a passage is near; very near where the text opens as a wish does: "should sound like us"."""
    match = advisor.knowledge.matcher.passage(text)
    if starts(words, advisor.catalogue.phrases.wishes):
        return match.outcome is MatchOutcome.ANSWER
    if starts(words, advisor.catalogue.phrases.copulas) and {*words}.isdisjoint(advisor.pack.phrasings.anchors):
        return match.outcome is MatchOutcome.ANSWER and match.score >= _PLAIN_QUESTION
    return match.outcome is not MatchOutcome.UNKNOWN and match.score >= _NEAR_QUESTION


def _asks_surely(advisor: Advisor, text: str) -> bool:
    match = advisor.knowledge.matcher.passage(text)
    return match.outcome is MatchOutcome.ANSWER and match.score >= _SURE_QUESTION


def _completes(advisor: Advisor, found: ParsedAnswer, text: str, words: Words, *, plain: bool = False) -> bool:
    """Whether a text that opens like a question completes the open one: "should be the same". `plain`: it says
    something plainly.
    """
    phrases = advisor.catalogue.phrases
    opens = starts(words, phrases.auxiliaries) and not starts(words[1:], phrases.subjects)
    return opens and not text.rstrip().endswith("?") and (plain or found.exact or found.plain)
