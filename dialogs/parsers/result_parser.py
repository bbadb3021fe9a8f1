"""Parses texts about a result: its verdict, strength, reasons and parts, and suppositions."""

from collections.abc import Mapping

from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.conversation import Conversation
from dialogs.intents import ABOUT_RESULT, Acknowledgement, Commands, supposing
from dialogs.message import Verb
from dialogs.parsers.corrections import names_of
from dialogs.parsers.phrases import Words, rest_of, starts, without
from dialogs.parsers.unasked_answers import sure_answer
from knowledge.interfaces import MatchOutcome, Reading
from knowledge.pack import UNSURE, Question, Verdict
from knowledge.typed_answers.word_parser import fold, folded, parse_answer

_SHORT_REQUEST = 5
"""A text of at most this many words with the word "summary" asks for the result's summary."""


def about_result(
    advisor: Advisor, conversation: Conversation, text: str, words: Words, bare: Words
) -> Commands | Acknowledgement | None:
    """The question or remark of a text about the result on the card."""
    for candidate in (words, bare):
        topic = advisor.catalogue.result_topic_of.get(" ".join(candidate))
        if topic is not None:
            return ABOUT_RESULT[topic]
    said = _said_of_result(advisor, bare)
    if said is not None:
        return said
    verdict = _verdict_asked(advisor, text, bare)
    if verdict is not None:
        return (Command(Kind.ASK, value=verdict.id),)
    before, added = _supposed_so_far(advisor, conversation, bare)
    also = _supposed(advisor, added) if before else {}
    if also:
        return supposing({**before, **also})
    if bare[:1] == fold(advisor.catalogue.result["reasons"][0]) and not _is_answered(advisor, text):
        return ABOUT_RESULT["reasons"]
    if len(bare) <= _SHORT_REQUEST and bare and {*bare} & {*fold(advisor.catalogue.result["summary"][0])}:
        return ABOUT_RESULT["summary"]
    if starts(bare, advisor.catalogue.phrases.hypothetical):
        return supposing(supposed(advisor, conversation, " ".join(bare)))
    return None


def _said_of_result(advisor: Advisor, bare: Words) -> Commands | Acknowledgement | None:
    """Remarks with the name of a verdict or a strength, and approval: "why is it not hybrid", "its fine"."""
    phrases = advisor.catalogue.phrases
    if bare in folded((*phrases.content, *phrases.confirm)):
        return Acknowledgement()
    for topic, openers in (("reasons", phrases.why_not), ("changes", phrases.what_makes)):
        if starts(bare, openers) and _is_verdict(advisor, rest_of(bare, openers)):
            return ABOUT_RESULT[topic]
    return ABOUT_RESULT["strength"] if _asks_strength(advisor, bare) else None


def _verdict_asked(advisor: Advisor, text: str, bare: Words) -> Verdict | None:
    """The verdict whose meaning is asked for: "what does hybrid mean". A passage that explains it says more."""
    phrases = advisor.catalogue.phrases
    about = without(rest_of(bare, phrases.verdict_meaning), phrases.verdict_meaning_fillers)
    if not starts(bare, phrases.verdict_meaning) or _is_answered(advisor, text):
        return None
    return next((verdict for verdict in advisor.pack.verdicts if about == fold(verdict.name)), None)


def _is_verdict(advisor: Advisor, words: Words) -> bool:
    """Whether the words name a verdict, or its subject, and nothing else."""
    pack = advisor.pack
    named = [*(verdict.name for verdict in pack.verdicts), *pack.request.topics]
    about = {*words} - {*advisor.catalogue.phrases.verdict_fillers}
    return bool(about) and about <= {word for name in named for word in fold(name)}


def _asks_strength(advisor: Advisor, words: Words) -> bool:
    """Whether the words ask about the strength: "why weak", "how is the weak calculated"."""
    catalogue = advisor.catalogue
    named = {catalogue.text(key) for key in ("strength_low", "strength_middle", "strength_high")}
    asks = starts(words, catalogue.phrases.explain)
    return asks and bool(named & {*words}) and {*words} - named <= {*catalogue.phrases.strength_fillers}


def supposed(advisor: Advisor, conversation: Conversation, text: str) -> Mapping[str, Reading]:
    """The answers in a text that is a supposition: "and if we label 400 of them?"; none if it does not say which."""
    words = fold(text)
    openers = sorted(folded(advisor.catalogue.phrases.hypothetical), key=len, reverse=True)
    for opener in openers:
        at = next((at for at in range(len(words)) if words[at : at + len(opener)] == opener), None)
        if at is not None:
            rest = words[at + len(opener) :]
            found = _named_otherwise(advisor, conversation, rest) or _supposed(advisor, rest)
            if found:
                return found
    whole = _supposed(advisor, words)
    sure = None if whole else sure_answer(advisor, text)
    return whole if sure is None else {sure.question: Reading(sure.option, text.strip())}


def _supposed_so_far(advisor: Advisor, conversation: Conversation, words: Words) -> tuple[Mapping[str, Reading], Words]:
    """The last supposition, if the words add to it ("and also lots of volume"), and the words that they add."""
    proposal, phrases = conversation.confirm, advisor.catalogue.phrases
    added = rest_of(words, phrases.addition)
    # A supposition has no evidence, and does not raise `missed`; a proposal that was likely meant does.
    if proposal is None or proposal.evidence or conversation.missed or added == words:
        return {}, ()
    return {proposal.question: Reading(proposal.option, "")}, added


def _named_otherwise(advisor: Advisor, conversation: Conversation, words: Words) -> Mapping[str, Reading]:
    """Several questions by name, each with the other of its two options: "both examples and budget"."""
    phrases = advisor.catalogue.phrases
    text = rest_of(words, phrases.both)
    if text == words:
        return {}
    parts = " ".join(text).split(f" {phrases.both_join[0]} ")
    found = [_otherwise(advisor, conversation, tuple(part.split())) for part in parts]
    readings = {question: Reading(option, "") for each in found if each is not None for question, option in (each,)}
    return readings if len(readings) == len(parts) > 1 else {}


def _otherwise(advisor: Advisor, conversation: Conversation, words: Words) -> tuple[str, str] | None:
    """The question that the words name, else the only one whose text has these words, with its other option."""
    told = {*words} - {*advisor.catalogue.phrases.change_fillers}
    named = [q for q in advisor.pack.questions if told & {*fold(q.name), q.id}]
    asking = named or [q for q in advisor.pack.questions if told and told <= {*fold(q.prompt)}]
    if len(asking) != 1:
        return None
    other = _other_option(asking[0], conversation.chosen.get(asking[0].id, UNSURE))
    return None if other is None else (asking[0].id, other)


def _other_option(question: Question, chosen: str) -> str | None:
    """The only other definite option; None if there are several."""
    others = [option.id for option in question.options if option.id not in (UNSURE, chosen)]
    return others[0] if len(others) == 1 else None


def _is_answered(advisor: Advisor, text: str) -> bool:
    """Whether a passage answers a text: "why do models hallucinate?" is not about the result."""
    return advisor.knowledge.matcher.passage(text).outcome is MatchOutcome.ANSWER


def _supposed(advisor: Advisor, words: Words) -> Mapping[str, Reading]:
    """The answers in a supposition, read like a fact: "we had no budget" as "we have no budget"."""
    tenses = advisor.catalogue.tenses
    text = " ".join(tenses.get(word, word) for word in words)
    for question in advisor.pack.questions:  # "the budget is limited, 40k in all": the option in its own words
        options = parse_answer(question, text).options if {*words} & names_of(question, ()) else ()
        if len(options) == 1:
            return {question.id: Reading(options[0], text)}
    found = {
        answer.question: Reading(answer.option, answer.evidence)
        for answer in advisor.knowledge.typed_answers.answers(text, None)
    }
    if found:
        return found
    for question in advisor.pack.questions:
        if {*words} & {*fold(question.name), question.id}:
            value = " ".join(word for word in text.split() if word not in {*fold(question.name), question.id})
            own = [a for a in advisor.knowledge.typed_answers.answers(value, question.id) if a.question == question.id]
            if own:
                return {question.id: Reading(own[0].option, text)}
    return {}


def needs_result(advisor: Advisor, words: Words, bare: Words) -> bool:
    """Whether a text asks for something that exists only after all questions are answered."""
    texts = [" ".join(candidate) for candidate in (words, bare)]
    meanings = {meaning for text in texts for meaning in advisor.catalogue.command_of.get(text, ())}
    topics = {advisor.catalogue.result_topic_of.get(text) for text in texts}
    return bool(meanings & {Verb.DETAILS, Verb.SHARE} or topics & {"summary", "changes"})
