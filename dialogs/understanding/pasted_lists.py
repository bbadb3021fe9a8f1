"""Is a pasted text a list of ideas, or one idea told in several parts? And what in a list is no idea?"""

import re
from collections.abc import Sequence
from enum import Enum, auto
from itertools import pairwise
from typing import NamedTuple

from dialogs.advisor import Advisor
from dialogs.understanding.list_layout import Part, parts_of
from dialogs.understanding.phrases import Words, contains, is_done, is_question, starts, without
from knowledge.interfaces import PROJECT
from knowledge.sentences import sentences
from knowledge.typed_answers.word_parser import fold

_HINT = 0.1
"""Probability from which a few words in a list are the name of an idea: "linkedin posts" describes none by itself."""

_NAME_WORDS = 8
"""Most words of a name; what is longer is a sentence, which has to describe an idea."""

_OWNER_WORDS = 4
"""Most words of what stands before an idea: "from Steve - …", "Responsible Ms. Weber: …"."""

_SURE = 0.8
"""Probability from which a statement is an idea of its own: "we want to sort our mail"."""

_LONGEST = 30
"""Most words of an idea in a list without marks."""

MOST_JUDGED = 24
"""Parts of a list that are judged by themselves; those behind them are like most of these."""

_FEW_MARKS = 4
"""If fewer than one line in this many is marked, the others are ideas as well: notes by several people."""

_CLAUSE_END = re.compile(r"[,;.!?]\s|\s[-–—]\s|\s\(|:\s")
_COMMA = re.compile(r"\s*,\s+(?:and\s+)?|\s+and\s+(?=(?:(?!\sand\s).)*$)")
_DOES = re.compile(
    r"^(?:and |then )?(?:the (?:(?!that |which |who )\w+ ){1,2}|ai )?"
    r"\w{3,}[^s\W]s (?:the|a|an|it|them|its|their|if|when|what|which|each|every|all)\b",
    re.IGNORECASE,
)
"""What an idea or somebody in it does: "reads the mail", "the clerk checks it"."""

_FEWEST_TOLD = 3
"""Least words of a line that says something; fewer are a name below a letter."""

_NUMBERS = ("", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Kind(Enum):
    """What a part of a text sounds like: an idea by itself, perhaps one, a name of anything, a detail of an idea, or a
    remark.
    """

    IDEA = auto()
    POSSIBLE = auto()
    DETAIL = auto()
    NAME = auto()
    REMARK = auto()


class PastedList(NamedTuple):
    """The ideas of a list, and the lines in it that are none."""

    ideas: tuple[str, ...]
    left_out: tuple[str, ...] = ()


class _Sorted(NamedTuple):
    """The parts of a text by what they are: what leads up to the list, its items with their kinds, and the rest."""

    lead: tuple[str, ...]
    items: tuple[tuple[Part, Kind], ...]
    rest: tuple[str, ...]


def pasted_list(advisor: Advisor, text: str, *, only_marked: bool) -> PastedList | None:
    """The list that a text is; None if it is one idea or none. `only_marked`: lines without marks may be answers."""
    parts = parts_of(text)
    found = _sorted(advisor, _with_tail(advisor, _enumerated(advisor, text) if len(parts) == 1 else parts))
    marked = bool(found.items) and all(part.marked for part, _ in found.items)
    counted = _counts(found) and any(_announces(advisor, line) for line in found.lead)  # "these are four ideas: …"
    if len(found.items) < 2 or (only_marked and not counted and not (marked and len(found.items) > 2)):
        return None
    long = any(len(fold(part.text)) > _LONGEST for part, _ in found.items if not part.marked)
    if long or not _are_ideas(advisor, found, marked=marked):
        return None
    ideas = tuple(part.text for part, kind in found.items if not _is_beside(advisor, part, kind))
    beside = tuple(part.text for part, kind in found.items if _is_beside(advisor, part, kind))
    left_out = (*beside, *(line for line in found.rest if _is_told(advisor, line)))
    return PastedList(ideas, left_out) if len(ideas) > 1 else None


def asked_ideas(advisor: Advisor, text: str) -> PastedList:
    """The ideas of a text that is surely a list, since it was asked for or announced: all lines but remarks, and but
    those without a mark where most have one. Only a single line is cut.
    """
    several = len([line for line in text.splitlines() if line.strip()]) > 1
    parts = _with_tail(advisor, parts_of(text, whole_lines=several))
    while len(parts) > 1 and is_done(advisor, parts[-1].text):
        parts = parts[:-1]
    aside = [part for part in parts if _is_remark(advisor, part)]
    marked = _is_marked(parts, len(parts) - len(aside))
    beside = [part for part in parts if part in aside or (marked and not part.marked)]
    remarks = tuple(part.text for part in beside if _is_told(advisor, part.text))
    return PastedList(tuple(part.text for part in parts if part not in beside), remarks)


def _is_marked(parts: Sequence[Part], ideas: int) -> bool:
    """Whether so many parts of a text have marks that those without are no ideas. `ideas`: how many there may be."""
    marks = sum(part.marked for part in parts)
    return marks > 1 and _FEW_MARKS * marks >= ideas


def _is_told(advisor: Advisor, line: str) -> bool:
    """Whether somebody has to be told that a line was left out: not if it is a heading, a greeting or a question."""
    words, pasted = fold(line), advisor.catalogue.pasted
    if line.endswith((":", "?")) or len(words) < _FEWEST_TOLD or starts(words, pasted["greetings"]):
        return False
    greetings = (*advisor.catalogue.commands["hello"], *advisor.catalogue.commands["thanks"])
    return not (starts(words, greetings) or is_question(advisor, line, words) or _announces(advisor, line))


def _is_beside(advisor: Advisor, part: Part, kind: Kind) -> bool:
    """Whether a line without a mark is about the ideas of a list: "no money for any of it"."""
    return kind is Kind.DETAIL and not part.marked and advisor.knowledge.matcher.project(part.text) < _HINT


def _are_ideas(advisor: Advisor, found: _Sorted, *, marked: bool) -> bool:
    """Whether the items are ideas of their own: by what is said before and after them, else by how they sound."""
    details = sum(kind is Kind.DETAIL for _, kind in found.items)
    lead = " ".join(found.lead)
    describes = bool(lead) and advisor.knowledge.matcher.project(lead) >= PROJECT  # an idea of its own
    announced = any(_announces(advisor, line) for line in (*found.lead, *found.rest))
    specified = any(contains(fold(line), advisor.catalogue.pasted["specifications"]) for line in found.lead)
    if specified and (describes or not announced):
        return False
    if announced or (not describes and _counts(found)):
        return 2 * details < len(found.items)
    if describes:
        return False
    kinds = [kind for _, kind in found.items]
    later = kinds[1:]
    named = later.count(Kind.IDEA) + later.count(Kind.POSSIBLE)
    enough = 2 * named >= len(later) if marked else 3 * named >= 2 * len(later)
    return enough and 3 * kinds.count(Kind.IDEA) >= len(kinds) and 3 * later.count(Kind.DETAIL) <= len(later)


def _enumerated(advisor: Advisor, text: str) -> tuple[Part, ...]:
    """The parts of a line between commas, if what stands before a colon announces them: "three things: a, b and c"."""
    lead, _, rest = text.strip().partition(": ")
    said = sentences(rest)
    pieces = _COMMA.split(said[0].rstrip(".!?")) if said else []
    if len(pieces) < 2 or not (_announces(advisor, lead) or _names(lead, len(pieces))):
        return ()
    return tuple(Part(piece, marked=False) for piece in (f"{lead}:", *pieces, *said[1:]))


def _with_tail(advisor: Advisor, parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts, with what is said behind the last idea in its line apart: "…; slogans. which first?"."""
    if len(parts) < 2:
        return tuple(parts)
    *before, last = parts
    said = list(sentences(last.text))
    tail: list[Part] = []
    while len(said) > 1 and _is_remark(advisor, Part(said[-1], marked=False)):
        tail.insert(0, Part(said.pop(), marked=False))
    return (*before, last._replace(text=" ".join(said).rstrip(".")), *tail) if tail else tuple(parts)


def _counts(found: _Sorted) -> bool:
    """Whether what leads up to the items says how many there are."""
    return any(_names(line, len(found.items)) for line in found.lead)


def _names(text: str, count: int) -> bool:
    """Whether a text has this number, in digits or as a word."""
    return not {str(count), *_NUMBERS[count : count + 1]}.isdisjoint(fold(text))


def _sorted(advisor: Advisor, parts: Sequence[Part]) -> _Sorted:
    """What is in front of the first item is the lead. If some parts have marks, those without are no items."""
    kinds = [kind_of(advisor, part) for part in parts[:MOST_JUDGED]]
    common = max(kinds, key=kinds.count, default=Kind.REMARK)
    kinds += [Kind.REMARK if _is_remark(advisor, part) else common for part in parts[MOST_JUDGED:]]
    mixed = _is_marked(parts, len(kinds) - kinds.count(Kind.REMARK))
    lead: list[str] = []
    items: list[tuple[Part, Kind]] = []
    rest: list[str] = []
    for part, kind in zip(parts, kinds, strict=True):
        counts = not (items or part.marked) and _names(part.text, len(parts) - len(lead) - 1)  # "two quick ones!"
        leads = counts and kind in (Kind.POSSIBLE, Kind.NAME)
        if (mixed and not part.marked) or leads or kind is Kind.REMARK:
            (rest if items else lead).append(part.text)
        else:
            items.append((part, kind))
    return _Sorted(tuple(lead), tuple(items), tuple(rest))


def kind_of(advisor: Advisor, part: Part) -> Kind:
    text, phrases, pasted = part.text, advisor.catalogue.phrases, advisor.catalogue.pasted
    if _is_remark(advisor, part):
        return Kind.REMARK
    words = fold(text)
    if starts(words, (*phrases["references"], *pasted["details"])) or _DOES.match(text):
        return Kind.DETAIL
    first, *others = _CLAUSE_END.split(text, maxsplit=2)
    name = fold(first) or words
    is_name = len(name) <= _NAME_WORDS and not text.endswith((".", "!"))
    if is_name and starts(name, pasted["tasks"]):
        return Kind.IDEA
    owned = others[:1] if len(name) <= _OWNER_WORDS else []
    probability = max(map(advisor.knowledge.matcher.project, (text, first, *owned)))
    if name[0][0].isdigit() or contains(name, pasted["verbs"]) or _is_fact(advisor, first):
        return Kind.IDEA if probability >= _SURE else Kind.DETAIL
    if probability >= PROJECT or (is_name and contains(fold(" ".join((first, *owned))), pasted["tasks"])):
        return Kind.IDEA
    return Kind.POSSIBLE if is_name and probability >= _HINT else Kind.NAME


def _is_remark(advisor: Advisor, part: Part) -> bool:
    """Whether a part is said about a list or around it: a heading, a greeting, a question, something in brackets."""
    text, words, pasted = part.text, fold(part.text), advisor.catalogue.pasted
    if not words or (text.startswith("(") and text.endswith(")")) or starts(words, pasted["remarks"]):
        return True
    if part.marked:
        return False
    greetings = (*advisor.catalogue.commands["hello"], *advisor.catalogue.commands["thanks"])
    polite = not without(words, (*greetings, *advisor.catalogue.phrases["courtesies"]))
    if polite or text.endswith(":") or is_heading(advisor, text):
        return True
    aside = starts(words, (*greetings, *pasted["greetings"])) or is_question(advisor, text, words)
    return (aside or _announces(advisor, text)) and advisor.knowledge.matcher.project(text) < PROJECT


def _is_fact(advisor: Advisor, text: str) -> bool:
    """Whether a text states an answer; which field it is about is part of an idea's name."""
    return any(question != "domain" for question in advisor.knowledge.reader.read(text))


def _announces(advisor: Advisor, text: str) -> bool:
    """Whether a line speaks of several ideas."""
    return contains(fold(text), advisor.catalogue.pasted["announcements"])


_DATE = re.compile(r"\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}[./]\d{1,2}\.?(?:[./]?\d{2,4})?(?=\s|$)")

_LABEL_WORDS = 3
"""Most words of a label before a colon, and of a line that only announces ideas."""


def is_heading(advisor: Advisor, text: str) -> bool:
    """Whether a line without a mark is a heading, also where it stands alone."""
    label, colon, behind = text.strip().partition(":")
    words, said, pasted = fold(text), fold(label), advisor.catalogue.pasted
    if colon and not fold(behind):
        return len(said) <= _LABEL_WORDS and contains(said, pasted["announcements"])
    if colon and len(said) <= _LABEL_WORDS and starts(said, pasted["headings"]):
        return True
    return starts(words, pasted["headings"]) and _has_date(advisor, text, words)


def _has_date(advisor: Advisor, text: str, words: Words) -> bool:
    months = advisor.catalogue.pasted["months"]
    named = any((a in months and b.isdecimal()) or (b in months and a[:1].isdecimal()) for a, b in pairwise(words))
    return named or _DATE.search(text) is not None
