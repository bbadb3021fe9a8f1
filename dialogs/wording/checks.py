"""What of a language model's sentences holds, each by itself: it says what its facts say, and no more."""

import json
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from dialogs.advisor import Advisor
from dialogs.redaction import without_addresses
from dialogs.understanding.model.answer import list_in
from dialogs.wording.request import WordingRequest
from dialogs.wording.worded import Words
from dialogs.wording.words import (
    CLAUSE_END,
    affirmed,
    forms,
    has,
    in_digits,
    is_negated,
    lists,
    numbers,
    silent,
    stem,
    stems,
    telling,
    within,
)
from knowledge.pack import UNSURE, Pack
from knowledge.typed_answers.word_parser import fold

_LONGEST, _MOST_NAMED = 400, 4
_SUPPORTED = 0.55
"""Least share of the telling words of a sentence that its facts have; docs/decisions/109."""

_MANY = 2
"""Words in common from which a clause says the same as another."""

_NAME = re.compile(r"[^\W_][\w’'./&+-]*")
_SELF = re.compile(r"\bI\b(?:['’]\w+)?")
_MARKUP = re.compile(r"[<>*`_#@|\[\]{}\\~^]|\w+://|www\.")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_QUESTION = re.compile(r"[^.!?\n]*\?")
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z“])|\n")


class Sentence(NamedTuple):
    """A sentence, and the numbers of the facts that it rests on."""

    text: str
    facts: tuple[int, ...]


_ONE = TypeAdapter(Sentence)


class Wording(NamedTuple):
    """The sentences that hold, None where it is no answer at all; and how many were dropped, by reason."""

    sentences: tuple[Sentence, ...] | None
    dropped: Mapping[str, int]

    def words(self, request: WordingRequest) -> Words | None:
        """What is shown of it, with the sources of its facts; None where nothing is."""
        if not self.sentences:
            return None
        named = (request.facts[number - 1].source for each in self.sentences for number in each.facts)
        return Words(tuple(each.text for each in self.sentences), tuple(dict.fromkeys(filter(None, named))))


def checked(advisor: Advisor, request: WordingRequest, answer: str) -> Wording:
    """What of an answer holds."""
    given = list_in(answer, "sentences")
    if given is None:
        return Wording(None, {"json": 1})
    found: list[Sentence] = []
    dropped: Counter[str] = Counter()
    for each in given:
        try:
            sentence = _ONE.validate_json(json.dumps(each), strict=True)
        except ValidationError:
            dropped["shape"] += 1
            continue
        reason = wrong(advisor, request, sentence) or ("too_many" if len(found) >= request.most else "")
        if reason:
            dropped[reason] += 1
        else:
            found.append(sentence)
    return Wording(tuple(found), dropped)


def wrong(advisor: Advisor, request: WordingRequest, sentence: Sentence) -> str:
    """Why a sentence does not hold; "" where it does."""
    known = all(0 < number <= len(request.facts) for number in sentence.facts)
    if not known or not 0 < len(sentence.facts) <= _MOST_NAMED:
        return "facts"
    case = _Case(advisor.pack, request, sentence)
    return next((reason for reason, fails in CHECKS.items() if fails(case)), "")


class _Case:
    """A sentence beside the facts that it names. `words` and `stems` are of the sentence, `told_…` of the facts.

    What people said stands in quotation marks in the facts. It only counts for a sentence that says whose words it
    tells, and neither for prices nor for what is decided and done.
    """

    def __init__(self, pack: Pack, request: WordingRequest, sentence: Sentence) -> None:
        self.pack, self.request, self.text = pack, request, sentence.text
        self.facts = tuple(request.facts[number - 1] for number in sentence.facts)
        self.words = fold(in_digits(self.text))
        self.stems = stems(self.words)
        known = {one for label in _labels(pack) for one in label}
        texts = "\n".join(fact.text.removeprefix(f"“{fact.idea}”: ") for fact in self.facts)
        self.told = _QUOTED.sub(lambda said: said[0] if telling(said[0]) <= known else "", texts)
        self.told_words = fold(in_digits(self.told))
        self.told_stems = stems(self.told_words)
        owned = bool(_QUOTED.search(self.text)) or self.has("owned")
        self.quoted = texts if owned and not self.has("verdicts") else self.told
        self.names = {verdict.id: stems(fold(verdict.name)) for verdict in pack.verdicts}
        self.about = {one for fact in self.facts for one in telling(fact.idea)}

    def has(self, words: str) -> bool:
        """Whether one of these words stands in it."""
        return not lists()[words].isdisjoint(self.words)

    def forms(self, family: str) -> bool:
        """Whether it has a word of this family, and its facts have no form of that."""
        said, told = frozenset(self.words), frozenset(self.told_words)
        return any(not group.isdisjoint(said) and group.isdisjoint(told) for group in forms()[family])

    @cached_property
    def known(self) -> str:
        """What stands in the facts, in their sources and titles, and in the line."""
        return "\n".join((self.quoted, *(f"{fact.source} {fact.idea}" for fact in self.facts), self.request.line))


def _has_new_number(case: _Case) -> bool:
    """Prices have to stand in the facts; other numbers may be people's."""
    said = numbers(_QUOTED.sub("", case.text))
    priced = any(number.startswith("$") for number in said)
    sources = " ".join(fact.source for fact in case.facts)
    return not said <= (numbers(f"{case.told} {sources}") if priced else numbers(case.known))


def _has_new_name(case: _Case) -> bool:
    """A word with a capital inside a sentence, or of letters and digits."""
    known = stems(fold(case.known))
    for found in _NAME.finditer(case.text):
        name, first = found[0], not case.text[: found.start()].strip(' “"(')
        mixed = any(map(str.isdigit, name)) and any(map(str.isalpha, name))
        named = mixed or any(map(str.isupper, name[1:])) or (name[0].isupper() and not first)
        named = named or (first and _is_name(case.pack, name))
        if named and not _SELF.fullmatch(name) and not within(stems(fold(name)), known):
            return True
    return False


def _is_name(pack: Pack, word: str) -> bool:
    """Whether the pack has this word with a capital inside a sentence."""
    inside = re.compile(rf"[a-z,] {re.escape(word)}\b")
    return any(inside.search(entry.text) for entry in pack.entries)


def _has_new_label(case: _Case) -> bool:
    """The name of a verdict, or of an option, that the facts do not have."""
    said, told = (tuple(one for one in each if one not in silent()) for each in (case.stems, case.told_stems))
    return any(within(label, said) and not within(label, told) for label in _labels(case.pack))


def _labels(pack: Pack) -> Iterable[tuple[str, ...]]:
    """The stems of the telling words of each name."""
    options = (o for question in pack.questions for o in question.options if o.id != UNSURE)
    parts = (part for option in options for text in (option.label, option.record) for part in text.split(","))
    labels = (stems(fold(name)) for name in (*(verdict.name for verdict in pack.verdicts), *parts))
    return filter(None, (tuple(one for one in label if one not in silent()) for label in labels))


def _has_other_verdict(case: _Case) -> bool:
    """A verdict is named that is not the idea's: as what is decided, or where the facts name another one, or none."""
    conditional = case.has("conditions")
    own = {fact.verdict for fact in case.facts if fact.verdict}
    meant = own or {fact.verdict for fact in case.request.facts if fact.idea}
    said = _mentions(case.stems, case.names)
    told = [each for line in case.told.split("\n") for each in _mentions(stems(fold(in_digits(line))), case.names)]
    others = [each for each in said if conditional or len(own) > 1 or each[0] not in own]
    decides = bool(meant) and case.has("verdicts") and not conditional
    if decides and (any(verdict not in meant for verdict, _ in others) or not _advises(case, meant)):
        return True
    bare = (verdict for verdict, sides in others if not _around(sides))
    if any(meant and verdict not in meant for verdict in bare) and not (conditional and len(said) > 1):
        return True
    if not own and len({name for name, _ in told}) < 2:
        return False
    return any(_is_elsewhere(each, told) for each in others if own or any(each[1]))


_Mention = tuple[str, tuple[frozenset[str], ...]]
"""A verdict that is named, with the words before and behind it up to the next one."""


def _around(sides: Iterable[frozenset[str]]) -> frozenset[str]:
    """The telling words beside a verdict, without numbers."""
    return frozenset(word for side in sides for word in side if not word.isdigit()) - silent()


def _is_elsewhere(said: _Mention, told: Sequence[_Mention]) -> bool:
    """Whether the words beside a verdict stand beside another one in the facts, or beside other numbers."""
    fits = {True: 0.0, False: 0.0}
    others = 0.0
    for verdict, sides in told:
        pairs = [*zip(said[1], sides, strict=True)]
        alike = max(len(one & other) / (len(one | other) or 1) for one, other in pairs)
        alike = 0.0 if _around(said[1]).isdisjoint(_around(sides)) and _around(said[1]) else alike
        digits = [[frozenset(filter(str.isdigit, side)) for side in pair] for pair in pairs]
        counts = all(not all(each) or each[0] <= each[1] or each[1] <= each[0] for each in digits)
        if verdict == said[0]:
            fits[counts] = max(fits[counts], alike)
        elif counts:
            others = max(others, alike)
    return not fits[True] or fits[True] < max(fits[False], others)


def _advises(case: _Case, verdicts: Container[str]) -> bool:
    """Whether what is named in a word is part of the advice of one of these verdicts, or is denied."""
    shorts = {one for verdict in case.pack.verdicts for one in telling(verdict.short or "")}
    advice = (each.headline or each.meaning for each in case.pack.verdicts if each.id in verdicts)
    return affirmed(case.text) & shorts <= {one for text in advice for one in affirmed(text)}


def _mentions(words: Sequence[str], names: Mapping[str, Sequence[str]]) -> list[_Mention]:
    places = ((at, at + len(name), id_) for id_, name in names.items() for at in range(len(words)))
    found = sorted(each for each in places if tuple(words[each[0] : each[1]]) == names[each[2]])
    edges = (0, *(at for each in found for at in each[:2]), len(words))
    between = [frozenset(words[begin:end]) for begin, end in zip(edges[::2], edges[1::2], strict=True)]
    return [(verdict, sides) for (*_, verdict), sides in zip(found, pairwise(between), strict=True)]


def _promises(case: _Case) -> bool:
    """The advisor says of itself what the facts do not say of it."""
    behind = (fold(CLAUSE_END.split(case.text[found.end() :])[0]) for found in _SELF.finditer(case.text))
    does = [next((word for word in words if word not in lists()["auxiliaries"]), "") for words in behind]
    own = {one for text in case.told.split("\n") if _SELF.search(text) for one in ("", *stems(fold(text)))}
    return not {stem(verb) for verb in does} <= own


def _is_turned(case: _Case) -> bool:
    """A clause is negated, and what is nearest to it in the facts is not, or the other way about."""
    told = [
        (telling(part) - case.about, is_negated(part), is_negated(said))
        for said in _SENTENCE_END.split(_QUESTION.sub("", case.told))
        for part in CLAUSE_END.split(said)
    ]
    for clause in CLAUSE_END.split(case.text):
        said = telling(clause) - case.about
        shared = [sum(has(words, word) for word in said) for words, _, _ in told]
        most = max(shared, default=0)
        near = [(part, whole) for (_, part, whole), count in zip(told, shared, strict=True) if count == most]
        turned = not any(part if most > _MANY else whole for part, whole in near)
        if turned if is_negated(clause) else most and all(part for part, _ in near):
            return True
    return False


def _is_unsupported(case: _Case) -> bool:
    """Too few of its telling words stand in the facts, in whatever form; in one of them where verdicts are counted."""
    said, counts = telling(case.text) - case.about, {*filter(str.isdigit, case.words)}
    counted = bool(counts) and any(within(name, case.stems) for name in case.names.values())
    texts = (frozenset(stems(fold(in_digits(t)))) for t in (case.quoted.split("\n") if counted else (case.quoted,)))
    held = (sum(has(told, word) for word in said) for told in texts if not counted or counts <= told)
    return max(held, default=0) < _SUPPORTED * (len(said) or 1)


CHECKS: Mapping[str, Callable[[_Case], bool]] = {
    "length": lambda c: not c.words or len(c.text) > _LONGEST or bool(_SENTENCE_END.search(c.text)),
    "markup": lambda c: bool(_MARKUP.search(c.text)) or not c.text.isprintable() or without_addresses(c.text) != c.text,
    "number": _has_new_number,
    "name": _has_new_name,
    "label": _has_new_label,
    "quote": lambda c: any(not within(fold(each), fold(c.known)) for each in _QUOTED.findall(c.text)),
    "verdict": _has_other_verdict,
    "rule": lambda c: c.forms("rule"),
    "done": lambda c: c.forms("done"),
    "promise": _promises,
    "negation": _is_turned,
    "support": _is_unsupported,
}
"""Why a sentence is dropped, by what is wrong with it; the first reason counts."""

DROPS = ("json", "shape", "facts", "too_many", *CHECKS)
"""Reasons for which sentences are dropped."""
