"""Parses lists of ideas: after "triage", at once or in later messages, and lists that are pasted unasked."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product

from dialogs.advisor import Advisor
from dialogs.conversation import Conversation
from dialogs.flows.choices import ChoicePrompt
from dialogs.intents import GivenAnswer, Intent, SubjectQuestion, TriageRequest, TypedCommand
from dialogs.message import Action, Verb
from dialogs.parsers.answer_parser import SURE_PROJECT
from dialogs.parsers.phrases import Words, is_question, requests, rest_of, says, starts, without
from knowledge.interfaces import PROJECT
from knowledge.pack import Question
from knowledge.typed_answers.word_parser import Prompt, fold, folded

_SIGN = r"[-*•·–—▪◦‣]|[\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]\ufe0f?"
LIST_MARK = re.compile(rf"^\s*(?:(?:{_SIGN}|\(?\d{{1,3}}[.)]|\(?[a-z][.)]|\[[ x]?\])\s+)+", re.IGNORECASE)

_LIST_LINES, _LONG_LIST = 3, 5
"""A text with this many marked lines is a list of ideas; one with this many lines looks like one."""

_FEW_MARKS = 4
"""If fewer than one line in this many is marked, the others are ideas as well: notes by several people."""

_LIST_LINE_WORDS = 30
"""Most words of a line of a list."""

_MOST_SAID, _MOST_BEFORE, _MOST_AFTER = 20, 6, 3
"""A text that mentions several ideas has not described one of them if it has at most this many words in all, before the
mention, and after it.
"""


def asked_list(advisor: Advisor, conversation: Conversation, text: str, words: Words) -> Intent | None:
    """The ideas after the opening word, or that somebody has several. While a list is awaited also several lines,
    remarks about the ideas so far, and that this was all.
    """
    phrases = advisor.catalogue.phrases
    bare = without(words, phrases.courtesies)
    if starts(bare, phrases.triage):
        return TriageRequest(_after_opening(advisor, text))
    if _has_several(advisor, conversation, text, words):
        return TriageRequest(())
    prompt = _awaited(advisor, conversation)
    if prompt is None:
        return None
    around = (*phrases.courtesies, *phrases.correction)
    if says(words, (*_pairs(phrases.list_undo, phrases.list_last), *phrases.board_undo), around):
        return TypedCommand(Action(Verb.BACK))
    if says(words, phrases.list_count, around):
        return TriageRequest(())
    if not {words, bare}.isdisjoint(folded(phrases.list_done)):
        return GivenAnswer(prompt.options[0].id, plain=True, others={})
    lines = lines_of(text)
    return TriageRequest(lines) if len(lines) > 1 or LIST_MARK.match(text) else None


def _has_several(advisor: Advisor, conversation: Conversation, text: str, words: Words) -> bool:
    """Whether somebody says that they have several ideas without describing one: "got a bunch of ideas to sort"."""
    phrases = advisor.catalogue.phrases
    around = (*phrases.courtesies, *phrases.subjects, *advisor.catalogue.commands["hello"])
    tells = len(words) > _MOST_SAID or len(text.strip().splitlines()) != 1 or re.search(r":\s*\S", text) is not None
    if tells or starts(without(words, around), phrases.explain):
        return False
    asked = advisor.flows.open_prompt(conversation) is not None and _awaited(advisor, conversation) is None
    most_before, most_after = (0, 0) if asked else (_MOST_BEFORE, _MOST_AFTER)
    for lead, rest in _around_several(advisor, words):
        owned = any(lead[-len(phrase) :] == phrase for phrase in folded(phrases.ideas_owned))
        after = rest_of(rest, phrases.ideas_task)
        before = without(lead, (*around, *phrases.ideas_owned))
        if (owned or after != rest) and len(before) <= most_before and len(without(after, around)) <= most_after:
            return True
    return False


def _around_several(advisor: Advisor, words: Words) -> Iterator[tuple[Words, Words]]:
    """The words before and after each mention of several ideas in a text, with digits replaced by "number"."""
    said = tuple("number" if word.isdecimal() else word for word in words)
    for phrase in folded(advisor.catalogue.phrases.ideas_several):
        for start in range(len(said) - len(phrase) + 1):
            if said[start : start + len(phrase)] == phrase:
                yield said[:start], said[start + len(phrase) :]


@cache
def _pairs(firsts: tuple[str, ...], seconds: tuple[str, ...]) -> tuple[str, ...]:
    """All combinations of a first and a second phrase."""
    return tuple(f"{first} {second}" for first, second in product(firsts, seconds))


def next_idea(advisor: Advisor, conversation: Conversation, text: str, words: Words) -> Intent | None:
    """A line while a list is awaited: an idea, or a question."""
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
    """The lines after the opening word, without list marks. A first line that ends in a colon is a heading."""
    opening = "|".join(map(re.escape, advisor.catalogue.phrases.triage))
    rest = re.split(rf"\b(?:{opening})\b\s*[:,-]?", text, maxsplit=1, flags=re.IGNORECASE)[-1]
    first, _, below = rest.partition("\n")
    if first.rstrip().endswith(":"):
        rest = below
    return lines_of(rest)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text, without list marks. Of several, an unmarked line that ends in a colon is a heading."""
    written = [line for line in text.splitlines() if line.strip()]
    bodies = [line for line in written if not is_heading(line)] if len(written) > 1 else written
    lines = (LIST_MARK.sub("", line).strip() for line in bodies)
    return tuple(line for line in lines if line)


def is_heading(line: str) -> bool:
    """Whether a line is the heading of those below it."""
    return line.rstrip().endswith(":") and not LIST_MARK.match(line)


def unasked_list(advisor: Advisor, prompt: Prompt | None, text: str) -> tuple[str, ...]:
    """The ideas of a pasted list: marked lines, or, if no question is open, short lines most of which sound like a
    project. Empty if the lines state facts about one idea.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) < _LIST_LINES:
        return ()
    marked = tuple(LIST_MARK.sub("", line).strip() for line in lines if LIST_MARK.match(line))
    if len(marked) >= _LIST_LINES:
        if _FEW_MARKS * len(marked) < len(lines):
            marked = lines_of("\n".join(lines[1:] if lines[0].rstrip().endswith("?") else lines))
        facts = sum(_is_fact(advisor, line) for line in marked)
        return marked if 2 * facts < len(marked) else ()
    if prompt is not None or any(len(fold(line)) > _LIST_LINE_WORDS for line in lines):
        return ()
    asked = lines[0].rstrip().endswith("?")
    body = tuple(line.strip() for line in lines[1 if asked else 0 :] if not is_heading(line))
    if len(body) < _LIST_LINES:
        return ()
    ideas = sum(advisor.knowledge.matcher.project(line) >= PROJECT for line in body)
    return body if 3 * ideas >= 2 * len(body) else ()


def marked_idea(advisor: Advisor, prompt: Question | None, text: str) -> str:
    """The idea in a single marked line while a question is open, if the line answers nothing."""
    mark = LIST_MARK.match(text)
    if prompt is None or mark is None or len(text.splitlines()) > 1:
        return ""
    idea = text[mark.end() :].strip()
    if not idea or advisor.knowledge.matcher.project(idea) < SURE_PROJECT:
        return ""
    answered = any(answer.question == prompt.id for answer in advisor.knowledge.typed_answers.answers(idea, prompt.id))
    return "" if answered else idea


def _is_fact(advisor: Advisor, line: str) -> bool:
    """Whether a line states answers and is probably not an idea of its own."""
    return bool(advisor.knowledge.reader.read(line)) and advisor.knowledge.matcher.project(line) < PROJECT


def is_list(text: str) -> bool:
    """Whether a text looks like a list of ideas."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) >= _LONG_LIST or sum(LIST_MARK.match(line) is not None for line in lines) >= _LIST_LINES
