"""What a text means right after a question was answered, or answers were offered: "the first one", "and prompts?"."""

import re
from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.intents import Intent, SubjectQuestion, Unknown
from dialogs.message import Action, Verb
from dialogs.parsers.phrases import Words, contains, rest_of, says, starts, without, written_out
from dialogs.parsers.typed_text import TypedText
from knowledge.interfaces import Match, MatchOutcome
from knowledge.typed_answers.word_parser import fold, place_named, place_word

_AGAIN = 0.1
"""Score from which what was offered before is shown if it is the likeliest once more."""

_MOST_WORDS = 6
"""Most words of a question that goes on from the last one."""

_FEW_WORDS = 3
"""A question of at most this many words goes on from the last one whatever its beginning: "in euros?"."""


def back_to(typed: TypedText) -> Action | SubjectQuestion | None:
    """What was offered and is chosen by words, or the last answer once more, in short. While a question with options of
    its own is open, a choice has to say that it means what was offered.
    """
    advisor, conversation, _, words, _, prompt = typed
    offered, answered = conversation.offered, conversation.answered
    written = written_out(advisor, words)
    place = _place(advisor, conversation, written, prompted=prompt is not None) if offered else None
    if place is not None and place < len(offered):
        return Action(Verb.PASSAGE, (offered[place],))
    phrases = advisor.catalogue.offers
    around = (*phrases.around, *advisor.catalogue.phrases.courtesies)
    if answered and says(written, phrases.shorter, around):
        return SubjectQuestion(Match(MatchOutcome.ANSWER, answered[:1], 1.0), brief=True)
    return None


def _place(advisor: Advisor, conversation: Conversation, words: Words, *, prompted: bool) -> int | None:
    phrases = advisor.catalogue.offers
    if contains(words, phrases.marks):
        return place_word(words)
    if prompted:
        return None
    place = place_named(without(words, phrases.around))
    if place is None and not conversation.answered and says(words, phrases.accepted, phrases.around):
        return 0
    return place


def in_context(advisor: Advisor, conversation: Conversation, text: str, words: Words, intent: Intent) -> Intent:
    """The intent of a text in view of what was just answered and offered; a short answer where one is asked for."""
    if not isinstance(intent, SubjectQuestion | Unknown):
        return intent
    meant = _meant(advisor, conversation, text, words, intent)
    brief = isinstance(meant, SubjectQuestion) and contains(words, advisor.catalogue.offers.brief)
    return replace(meant, brief=True) if brief and isinstance(meant, SubjectQuestion) else meant


def _meant(
    advisor: Advisor, conversation: Conversation, text: str, words: Words, intent: SubjectQuestion | Unknown
) -> SubjectQuestion | Unknown:
    match, answered = intent.match, conversation.answered[:1]
    first = match.top[0] if match.top else ""
    method = _method_alone(advisor, words) if answered else ""
    if method:
        return _of_other_method(advisor, answered[0], method) or intent
    if match.outcome is MatchOutcome.ANSWER:
        return intent
    if first in conversation.offered and match.score >= _AGAIN:
        return SubjectQuestion(replace(match, outcome=MatchOutcome.OFFER, leads=True))
    if match.leads or not answered or not _goes_on(advisor, text, words):
        return intent
    return _gone_on(advisor, answered[0], text, intent)


def _method_alone(advisor: Advisor, words: Words) -> str:
    """The way that a piece of a question names, and nothing else: "and with prompts?"; else ""."""
    phrases = advisor.catalogue.offers
    rest = rest_of(words, phrases.joins)
    bare = without(rest, phrases.method_fillers)
    known = {word for name in _methods(advisor) for word in fold(name)}
    return " ".join(bare) if rest != words and bare and known.issuperset(bare) else ""


def _methods(advisor: Advisor) -> tuple[str, ...]:
    """How the ways that the pack compares are called, the longest names first."""
    request, verdicts = advisor.pack.request, advisor.pack.verdicts
    names = {*request.topics, *request.methods, *(verdict.name.lower() for verdict in verdicts)}
    return tuple(sorted(names, key=len, reverse=True))


def _of_other_method(advisor: Advisor, answered: str, method: str) -> SubjectQuestion | None:
    """The question that was answered last, asked about another way: its title with that way in the place of the one
    that it names.
    """
    title = advisor.pack.entry(answered).title
    named = re.findall("|".join(rf"\b{re.escape(name)}\b" for name in _methods(advisor)), title, re.IGNORECASE)
    asked = title.replace(named[0], method) if len(named) == 1 else f"{title} {method}"
    match = advisor.knowledge.matcher.passage(asked)
    return None if match.outcome is MatchOutcome.UNKNOWN else SubjectQuestion(match)


def _goes_on(advisor: Advisor, text: str, words: Words) -> bool:
    """Whether a text is a piece of a question: the last one's subject is missing in it."""
    bare = without(words, advisor.catalogue.phrases.courtesies)
    begins = len(bare) <= _MOST_WORDS and starts(bare, advisor.catalogue.offers.more)
    return begins or (len(words) <= _FEW_WORDS and text.rstrip().endswith("?"))


def _gone_on(
    advisor: Advisor, answered: str, text: str, intent: SubjectQuestion | Unknown
) -> SubjectQuestion | Unknown:
    """What both a piece of a question and the last title with it may ask for, besides what was answered."""
    whole = advisor.knowledge.matcher.passage(f"{advisor.pack.entry(answered).title} {text}")
    both = tuple(label for label in intent.match.top if label in whole.top and label != answered)
    return SubjectQuestion(Match(MatchOutcome.OFFER, both, whole.score, leads=True)) if both else intent
