"""The form that a line asks for: which part of the list, and which text to take away."""

import re

from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.commands.command import Command, Kind, What
from dialogs.commands.shortcuts import Commands, listing
from dialogs.conversation import Conversation
from dialogs.flows.board_cards import OPEN_AGAIN
from dialogs.understanding.mentions import SPELLED
from dialogs.understanding.phrases import Words, alternatives, contains, first_named, without
from dialogs.understanding.references import numbers_named
from dialogs.understanding.typed_text import TypedText
from knowledge.typed_answers.word_parser import fold, folded

_LAST = f"{Kind.WRITE}."
"""How the name of the last command begins where it gave a text."""


def filtered(advisor: Advisor, conversation: Conversation, words: Words) -> Commands:
    """The part of the list that a whole text names; none if it says anything else."""
    phrases = advisor.catalogue.phrases
    bare = without(words, phrases["courtesies"])
    named = [word for word in bare if word in phrases["board_list"]]
    if not bare or not (named or advisor.flows.board.shows_list(conversation)):
        return ()
    rest = tuple(word for word in bare if word not in phrases["board_list"] and word not in phrases["board_fillers"])
    verdict, rest = _verdict_of(advisor, rest)
    known = {*phrases["board_mine"], *phrases["board_open"]}
    if not known.issuperset(rest) or not (named or verdict or rest):
        return ()
    return _listing(advisor, verdict, rest)


def asked_filter(advisor: Advisor, text: str) -> Commands:
    """The same for a text that surely asks for the list and may say more."""
    words = fold(text)
    known = {name: phrases for name, phrases in advisor.catalogue.status_words.items() if name != OPEN_AGAIN}
    if status := first_named(words, known):
        return listing(status)
    verdict = next((v.id for v in advisor.pack.verdicts if contains(words, (v.name,))), "")
    return _listing(advisor, verdict, words)


def _verdict_of(advisor: Advisor, words: Words) -> tuple[str, Words]:
    for verdict in advisor.pack.verdicts:
        name = fold(verdict.name)
        if words[: len(name)] == name:
            return verdict.id, words[len(name) :]
        if words[-len(name) :] == name:
            return verdict.id, words[: -len(name)]
    return "", words


def _listing(advisor: Advisor, verdict: str, words: Words) -> Commands:
    phrases = advisor.catalogue.phrases
    mine, undecided = ({*words}.intersection(group) for group in (phrases["board_mine"], phrases["board_open"]))
    return listing(verdict, mine=bool(mine), undecided=bool(undecided))


def text_asked(typed: TypedText, ideas: tuple[str, ...]) -> Command:
    """The text about these ideas. Right after a text, a line that names no form, or
    no idea and another form, means that one."""
    catalogue, words = typed.advisor.catalogue, typed.words
    form = What(first_named(words, catalogue.text_forms) or What.UNSPECIFIED)
    value = [f"{unit}={count}" for unit, count in _counted(catalogue, words)]
    style = first_named(words, catalogue.text_styles)
    value += [f"style={style}"] if style else []
    value += [f"language={word}" for word in words if word in catalogue.text_languages]
    last = typed.conversation.last
    before = What(last.removeprefix(_LAST)) if last.startswith(_LAST) else None
    if before is not None and (form is What.UNSPECIFIED or (not ideas and form is not before)):
        form, value = before if form is What.UNSPECIFIED else form, [*value, "of=last"]
    return Command(Kind.WRITE, form, ideas, value="; ".join(value))


def prompt_asked(typed: TypedText) -> Commands:
    """A first prompt for the idea that is named, or else meant, where a text asks for one."""
    asks = typed.flow.accepts_descriptions and contains(typed.words, typed.advisor.catalogue.prompt_asked)
    ideas = ideas_of_text(typed) if asks else ()
    return (Command(Kind.WRITE, What.PROMPT, ideas),) if asks else ()


def ideas_of_text(typed: TypedText) -> tuple[str, ...]:
    """The ideas that a text to take away is about: named behind the words for its form, or else before them."""
    advisor, conversation, catalogue = typed.advisor, typed.conversation, typed.advisor.catalogue
    counted = {word for words in catalogue.text_units.values() for word in words}
    forms = {*catalogue.prompt_asked, *(word for words in catalogue.text_forms.values() for word in words)} - counted
    parts = re.split(rf"\b(?:{alternatives(tuple(forms))})\b", typed.text, maxsplit=1, flags=re.IGNORECASE)
    return next(filter(None, (numbers_named(advisor, conversation, part) for part in reversed(parts))), ())


def _counted(catalogue: Catalogue, words: Words) -> list[tuple[str, int]]:
    """How many sentences or lines the words say."""
    found = []
    for unit, names in catalogue.text_units.items():
        for name in folded(names):
            at = next((n for n in range(1, len(words)) if words[n : n + len(name)] == name), 0)
            count = _number(words[at - 1]) if at else 0
            if count:
                found.append((unit, count))
    return found[:1]


def _number(word: str) -> int:
    return int(word) if word.isdecimal() and len(word) < 3 else SPELLED.index(word) + 1 if word in SPELLED else 0
