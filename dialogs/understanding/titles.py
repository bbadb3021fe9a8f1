"""New titles: of ideas of the list ("rename the HR one to HR desk", "1: rename to …"), and of the idea that is
talked about ("the title is wrong, call it …").
"""

import re
from collections.abc import Iterator

from dialogs.advisor import Advisor
from dialogs.commands.shortcuts import Commands, renaming
from dialogs.ideas.board import Board
from dialogs.understanding.mentions import mentions
from dialogs.understanding.phrases import alternatives, is_opening, rest_of, written_out
from knowledge.reading.word_lists import english
from knowledge.typed_answers.word_parser import fold

_TO = re.compile(r"(?:^|\s+)(?:to|as|into)\b\s*[:=]?\s+|\s*(?:->|→|[:=])\s*", re.IGNORECASE)
_QUOTED = re.compile(r"\s*[\"“„«](.+?)[\"”“»]")
_QUOTED_INSIDE = re.compile(r"(?<!\w)[\"“„«']\s*([^\"”“»']{3,}?)\s*[\"”“»'](?:\W|$)")
_BEHIND_COLON = re.compile(r"[:>]\s*(\S[^:>]*)$")
_SENTENCE_END = re.compile(r"[.!?;]+(?:\s|$)|\n")
_RATHER = re.compile(r"[\s,]+(?:and\s+not|not|instead\s+of|rather\s+than)\s", re.IGNORECASE)
_MARKS = " \"'“”„«».,:;-–—"

_NUMBER = re.compile(r"\s*#?(\d{1,6})\b")
_JOINING = frozenset({"and", "or", "to", "with"})

_LONGEST = 400
"""Characters of the longest text that renames ideas."""


def renamed(advisor: Advisor, board: Board, text: str, shown: int | None, openers: tuple[str, ...]) -> Commands:
    """The new titles that a text gives: it opens with one of the verbs, or a part of it does. `shown` is the idea on
    the card, which "it" means.
    """
    if len(text) > _LONGEST:
        return ()
    for before, rest in _openings(advisor, text, openers):
        number, said = _target(advisor, board, before, rest, shown)
        lead = _TO.search(said)
        led = lead is not None and is_opening(advisor, said[: lead.start()])
        if not number or (not led and {*fold(said)[:1]} & _JOINING):
            continue
        title = said[lead.end() :] if led and lead is not None else said
        names = [(number, name) for name in (plain_title(advisor, title),) if name]
        more = _more(advisor, board, number, title, with_to=led)
        if names or more:
            return renaming(*(more or names))
    return ()


def _openings(advisor: Advisor, text: str, openers: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What stands before and behind each verb with which a part of the text begins."""
    for found in re.finditer(rf"\b(?:{alternatives(openers)})\b\s*", text, re.IGNORECASE):
        before = text[: found.start()]
        part = re.split(r"[.,;:!?\n]\s*", before)[-1]
        wish = rest_of(written_out(advisor, fold(part)), advisor.catalogue.board["wished"])
        if is_opening(advisor, " ".join(wish)):
            yield before, text[found.end() :]


def _target(advisor: Advisor, board: Board, before: str, rest: str, shown: int | None) -> tuple[int, str]:
    """The only idea that a text names where it begins, or names before its verb, or points at; and what is said of it
    from there on. 0 for none.
    """
    number = _NUMBER.match(rest)
    these = re.match(rf"(?:{alternatives(advisor.catalogue.board['this'])})\b", rest, re.IGNORECASE)
    lead = _TO.search(rest)
    head = rest if lead is None else rest[: lead.start()]
    found = next((one for one in mentions(advisor, board, head) if is_opening(advisor, head[: one.start])), None)
    pointed = these is not None and lead is None  # what stands behind may have words of a title
    if found is not None and not (pointed and found.by_title and not found.named):
        alone = len(found.numbers) == 1 and (found.named or not found.by_title or found.end == len(head))
        return (found.numbers[0] if alone else 0), rest[found.end :]
    if number is not None:
        return int(number[1]), rest[number.end() :]
    if these is not None:
        return shown or 0, rest[these.end() :]
    if lead is None or not is_opening(advisor, head):
        return 0, rest
    named = [n for one in mentions(advisor, board, before) for n in one.numbers]
    return (named[0] if len(named) == 1 else 0) if named else shown or 0, rest


def _more(advisor: Advisor, board: Board, number: int, title: str, *, with_to: bool) -> list[tuple[int, str]]:
    """The titles of several ideas in one line; none if it has only one. A number is one of these ideas if a verb stands
    before it, or what leads to a title behind it, as with the first.
    """
    verbs = alternatives(advisor.catalogue.board["renames"])
    joint = rf"\s*(?:[,;&+\n]|\band\b|\bn\b)\s*(?:and\s+)?(?P<verb>(?:{verbs})\s+)?(?:(?:number|idea|nr)\.?\s*)?"
    lead = r"#?(?P<number>\d{1,6})(?P<lead>\s+(?:to|as|into|pls|please)\b|\s*(?:[:=]|->)|)\s*(?=\w)"
    found = [
        one
        for one in re.finditer(joint + lead, title, re.IGNORECASE)
        if board.find(int(one["number"])) and (one["verb"] or bool(one["lead"].strip()) == with_to)
    ]
    if not found:
        return []
    numbers = (number, *(int(one["number"]) for one in found))
    starts, ends = (0, *(one.end() for one in found)), (*(one.start() for one in found), len(title))
    names = [plain_title(advisor, title[start:end]) for start, end in zip(starts, ends, strict=True)]
    return list(zip(numbers, names, strict=True)) if all(names) and len({*numbers}) == len(numbers) else []


def new_title(advisor: Advisor, text: str) -> str:
    """The title in a text that renames something, as it was typed; "" if there is none.

    It stands in quotation marks, behind a colon, or behind the last word that leads to one. What a "not" denies is the
    old title.
    """
    talk = advisor.catalogue.board
    denied = alternatives(talk["title_denied"])
    told = re.sub(rf"\b(?:{denied})\s+[\"“„«'][^\"”“»']*[\"”“»']", " ", text, flags=re.I)
    found = _QUOTED_INSIDE.search(told) or _BEHIND_COLON.search(told)
    found = found or _behind(advisor, talk["title_calls"], told, first=True)
    found = found or _behind(advisor, talk["title_leads"], told, first=False)
    return "" if found is None else plain_title(advisor, found[1])


def _behind(advisor: Advisor, leads: tuple[str, ...], text: str, *, first: bool) -> re.Match[str] | None:
    """What stands behind the first or the last of some words, up to a mark or to words that end a title."""
    talk = advisor.catalogue.board
    denied, ends = alternatives(talk["title_denied"]), alternatives(talk["title_ends"])
    before = ".*?" if first else ".*"
    lead = rf"{before}(?:\b(?:{alternatives(leads)})\b|->)\s+(?!(?:{denied})\b)(?=\w)"
    return re.match(rf"{lead}(.+?)\s*(?:[.,;!?]|\b(?:{ends})\b|$)", text, re.I | re.S)


def plain_title(advisor: Advisor, text: str) -> str:
    """A title as it was typed, without quotation marks, reasons behind it, and "please"; "" where no word is left."""
    quoted = _QUOTED.match(text)
    if quoted is not None:
        return quoted[1].strip(_MARKS)
    title = _RATHER.split(_SENTENCE_END.split(text.strip(), maxsplit=1)[0], maxsplit=1)[0]
    title, *reasons = re.split(r",\s+", title)
    for reason in reasons:
        if not _is_part_of_title(advisor, reason):
            break
        title += f", {reason}"
    ends = alternatives(advisor.catalogue.board["title_ends"])
    title = re.sub(rf"(?:[\s,]+(?:{ends})\b[.!?]*)+$", "", title, flags=re.IGNORECASE).strip(_MARKS)
    return title if re.search(r"[^\W\d]", title) else ""


def _is_part_of_title(advisor: Advisor, text: str) -> bool:
    """Whether what follows a comma belongs to a title: "Leases, offices"; in "…, we say guests here" it does not."""
    words, said = fold(text), english()
    tells = said.subjects | said.first_person | said.conditionals | said.negations | {"because", "since", "not"}
    return tells.isdisjoint(words) and not is_opening(advisor, text)
