"""Parses lists of ideas: what follows "triage", in the same message or in those after it."""

import re

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.choices import ChoicePrompt
from dialogs.intents import GivenAnswer, Intent, SubjectQuestion, TriageRequest
from dialogs.phrases import Words, is_question, requests, starts, without
from knowledge.answer_parser import folded
from knowledge.interfaces import PROJECT

_SIGN = r"[-*•·–—▪◦‣]|[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?"
LIST_MARK = re.compile(rf"^\s*(?:(?:{_SIGN}|\(?\d{{1,3}}[.)]|\(?[a-z][.)]|\[[ x]?\])\s+)+", re.IGNORECASE)


def asked_list(advisor: Advisor, conversation: Conversation, text: str, words: Words) -> Intent | None:
    """The ideas after the opening word; once a list is awaited also several lines, and that this was all."""
    phrases = advisor.catalogue.phrases
    bare = without(words, phrases.courtesies)
    if starts(bare, phrases.triage):
        return TriageRequest(_after_opening(advisor, text))
    prompt = _awaited(advisor, conversation)
    if prompt is None:
        return None
    if not {words, bare}.isdisjoint(folded(phrases.list_done)):
        return GivenAnswer(prompt.options[0].id, plain=True, others={})
    lines = lines_of(text)
    return TriageRequest(lines) if len(lines) > 1 or LIST_MARK.match(text) else None


def next_idea(advisor: Advisor, conversation: Conversation, text: str, words: Words) -> Intent | None:
    """A line of a list that is awaited: an idea, or a question in between."""
    if _awaited(advisor, conversation) is None or not words:
        return None
    matcher = advisor.knowledge.matcher
    if is_question(advisor, text, words) and not requests(advisor, words) and matcher.project(text) < PROJECT:
        return SubjectQuestion(matcher.passage(text))
    return TriageRequest(lines_of(text))


def _awaited(advisor: Advisor, conversation: Conversation) -> ChoicePrompt | None:
    intake = advisor.flows.intake
    return intake.prompt(conversation) if conversation.flow == intake.name else None


def _after_opening(advisor: Advisor, text: str) -> tuple[str, ...]:
    """The lines after the opening word, without marks of a list. A first line that ends in a colon leads up to them."""
    opening = "|".join(map(re.escape, advisor.catalogue.phrases.triage))
    rest = re.split(rf"\b(?:{opening})\b\s*[:,-]?", text, maxsplit=1, flags=re.IGNORECASE)[-1]
    first, _, below = rest.partition("\n")
    if first.rstrip().endswith(":"):
        rest = below
    return lines_of(rest)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text, without marks of a list."""
    lines = (LIST_MARK.sub("", line).strip() for line in text.splitlines())
    return tuple(line for line in lines if line)
