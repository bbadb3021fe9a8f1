"""Parses a yes or a no: to a proposed option, or below answers that were read from a text."""

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation, options_beside, shown_readings
from dialogs.intents import NO, YES, Acknowledgement, Ambiguous, Commands, Correction, GivenAnswer, LikelyAnswer
from dialogs.message import number_in
from dialogs.open_question import open_question
from dialogs.parsers.phrases import Words, is_question, starts, without
from dialogs.parsers.typed_text import TypedText
from knowledge.interfaces import Certainty, Reading
from knowledge.pack import UNSURE, Question
from knowledge.typed_answers.word_parser import exact_options, folded, place_named


def reply_to_proposal(
    advisor: Advisor, conversation: Conversation, text: str, words: Words
) -> Commands | GivenAnswer | Ambiguous | Correction | None:
    """What a text says about the proposed option; None if it is about something else."""
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
            return YES if option == proposal.option else GivenAnswer(option, plain=True, others={})
        if without(words, phrases.courtesies) in folded(phrases.deferred):
            return YES
    bare = " ".join(words)
    exact = exact_options(question, text)
    if bare in phrases.confirm:
        return YES
    if bare in phrases.reject and exact in ((), (proposal.option,)):
        return NO
    reply = _with_more(advisor, question, proposal.option, text, words)
    if open_question(advisor.pack, conversation) == question:
        return reply
    return _beside_open_question(conversation, question, proposal.option, reply, text)


def _beside_open_question(
    conversation: Conversation,
    question: Question,
    proposed: str,
    reply: Commands | GivenAnswer | Ambiguous | None,
    text: str,
) -> Commands | Correction | None:
    """The reply while another question is open, whose options are others."""
    match reply:
        case GivenAnswer(option, _, others):
            readings = {question.id: Reading(option, text.strip()), **others}
            kept = conversation.chosen.get(question.id) == option
            if kept and not others:
                return NO
            return YES if option == proposed and not others else Correction(readings)
        case Ambiguous():
            return None
        case _:
            return reply


def _by_emoji(advisor: Advisor, text: str) -> Commands | None:
    if any(sign in text for sign in advisor.catalogue.emoji.happy):
        return YES
    return NO if any(sign in text for sign in advisor.catalogue.emoji.unhappy) else None


def _with_more(
    advisor: Advisor, question: Question, proposed: str, text: str, words: Words
) -> Commands | GivenAnswer | Ambiguous | None:
    """ "yes, few" and "no, many": the rest of the text decides, or else the first word."""
    phrases = advisor.catalogue.phrases
    if is_question(advisor, text, words):
        return None
    for opener, reply in ((phrases.confirm, YES), (phrases.reject, NO)):
        if not starts(words, opener):
            continue
        rest = _after_first_word(text)
        found = {answer.question: answer for answer in advisor.knowledge.typed_answers.answers(rest, question.id)}
        own = found.pop(question.id, None)
        others = {q: Reading(a.option, a.evidence) for q, a in found.items() if a.certainty is Certainty.TAKE}
        differs = own is not None and own.option != proposed
        if reply == YES and own is not None and differs and own.certainty is Certainty.TAKE:
            if proposed == UNSURE:  # "ok then yes, 8000 tickets" says more than that
                return GivenAnswer(own.option, plain=True, others=others)
            return Ambiguous((proposed, own.option))
        if reply == YES:
            return GivenAnswer(proposed, plain=True, others=others)
        if own is not None and differs:
            return GivenAnswer(own.option, plain=True, others=others)
        return None if others or _denies_another(advisor, question, text, words) else reply
    return None


def _denies_another(advisor: Advisor, question: Question, text: str, words: Words) -> bool:
    """Whether the first word belongs to the rest, which answers another question: "no budget really"."""
    phrases = advisor.catalogue.phrases
    apart = text.strip().lower().removeprefix(words[0])[:1] != " " or starts(words[1:], phrases.subjects)
    if apart or len(words) == 1:
        return False
    found = advisor.knowledge.typed_answers.answers(text, question.id)
    return any(answer.question != question.id and answer.certainty is Certainty.TAKE for answer in found)


def _after_first_word(text: str) -> str:
    return text.strip().partition(" ")[2].lstrip(" ,.;:-–—")


def reply_to_offer(typed: TypedText) -> Commands | None:
    """A bare yes or no to what was just offered as a button."""
    bare, phrases = " ".join(typed.words), typed.advisor.catalogue.phrases
    if not typed.conversation.focus.offers or bare not in (*phrases.confirm, *phrases.reject):
        return None
    return YES if bare in phrases.confirm else NO


def reply_to_reading(typed: TypedText) -> Acknowledgement | LikelyAnswer | None:
    """A bare yes or no below "I read … Wrong?": it may be a reply to that, so it does not answer the open question."""
    advisor, conversation, _, words, _, prompt = typed
    if prompt is None or not shown_readings(conversation):
        return None
    bare = " ".join(words)
    phrases = advisor.catalogue.phrases
    if bare not in phrases.confirm and bare not in phrases.reject:
        return None
    meant = exact_options(prompt, bare)
    if len(meant) == 1 and prompt.id in advisor.pack.question_of:
        return LikelyAnswer(prompt.id, meant[0], {})
    return Acknowledgement() if bare in phrases.confirm else None
