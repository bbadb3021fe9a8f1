"""What of a language model's sentences holds, each by itself: it says what its facts say, and no more."""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from pydantic import TypeAdapter, ValidationError

from dialogs.advisor import Advisor
from dialogs.redaction import without_addresses
from dialogs.understanding.model.answer import list_in
from dialogs.wording.draft import Sentence
from dialogs.wording.eligibility import Form
from dialogs.wording.placement import Words
from dialogs.wording.request import PROMPT, WordingRequest
from dialogs.wording.verdict_mentions import Mention, advises, is_elsewhere, is_miscounted, mention
from dialogs.wording.words import (
    CLAUSE_END,
    forms,
    has,
    in_digits,
    is_negated,
    lists,
    numbers,
    rounded,
    silent,
    stem,
    stems,
    telling,
    within,
)
from knowledge.pack import UNSURE, Pack
from knowledge.typed_answers.word_parser import fold

_LONGEST, _MOST_NAMED, _SPELT = 400, 8, 0.85
_SUPPORTED, _ALIKE = 0.45, 0.45
"""Least share of the telling words of a sentence that its facts and the line have, and of those of a clause that one
of a fact has, so that it says the same or turns it round; docs/decisions/109."""

_NAME = re.compile(r"[^\W_][\w’'./&+-]*")
_SELF = re.compile(r"\bI\b(?:['’]\w+)?")
_MARKUP = re.compile(r"[<>*`_#@|\[\]{}\\^]|~(?!\d)|\w+://|www\.")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_ITEM = re.compile(r"^\d{1,2}[.)] ")
"""The number of an item of a text."""

_QUESTION = re.compile(r"[^.!?\n]*\?")
_DONE = re.compile(
    r"(?:\b(?:is|are|was|were|been|(?<!can )(?<!could )be|have|has|had|get|gets|got)|[’'](?:s|re|ve|d))\b"
    r"(?: (?:not|now|just|already|also|all))* (\w+)"
)
_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)[.!?]\s+(?=[A-Z“])|\n")


_ONE = TypeAdapter(Sentence)
_NONE = Sentence("", ())


class Fault(NamedTuple):
    """Why a sentence does not hold, "" where it does, and the words of it that are at fault, if they can be told."""

    reason: str = ""
    words: tuple[str, ...] = ()


class Wording(NamedTuple):
    """The sentences that hold, None where it is no answer at all; and all that were tried, each with its fault."""

    sentences: tuple[Sentence, ...] | None
    tried: tuple[tuple[Sentence, Fault], ...] = ()

    @property
    def dropped(self) -> Counter[str]:
        """How many did not hold, by reason."""
        return Counter(fault.reason for _, fault in self.tried if fault.reason)

    @property
    def held(self) -> int:
        """How many hold as they were tried."""
        return sum(not fault.reason for _, fault in self.tried)

    def words(self, request: WordingRequest) -> Words | None:
        """What is shown of it, with the sources of its facts; None where nothing is, or too little of a text."""
        said = " ".join(each.text for each in self.sentences or ())
        if not self.sentences or not request.is_enough(said, kept=len(self.sentences), dropped=self.dropped.total()):
            return None
        if request.form is Form.TEXT:
            draft = request.draft.then(self.sentences, request.record, request.line)
            stored = request.drafts.stored_with(draft)
            words = (word for said, fault in self.tried for word in fault.words if word in said.text)
            return Words((), (), draft.paragraphs, stored, bool(self.dropped), tuple(dict.fromkeys(words)))
        named = (request.facts[number - 1].source for each in self.sentences for number in each.facts)
        return Words(tuple(each.text for each in self.sentences), tuple(dict.fromkeys(filter(None, named))))


def checked(advisor: Advisor, request: WordingRequest, answer: str) -> Wording:
    """What of an answer holds. In a text the sentence that one was to change stands where the new one does not hold."""
    given = list_in(answer, "sentences")
    if given is None:
        return Wording(None, ((_NONE, Fault("json")),))
    found: list[Sentence] = []
    tried: list[tuple[Sentence, Fault]] = []
    for each in given:
        sentence = _sentence(each)
        room = len(found) < request.most
        fault = Fault("shape") if sentence is _NONE else fault_of(advisor, request, sentence)
        fault = fault if room or fault.reason else Fault("too_many")
        tried.append((sentence, fault))
        kept = (request.instead_of(sentence) if room else None) if fault.reason else sentence
        if kept is not None and (kept is sentence or kept not in found):
            found.append(kept)
    return Wording(tuple(found), tuple(tried))


def _sentence(given: object) -> Sentence:
    try:
        return _ONE.validate_json(json.dumps(given), strict=True)
    except ValidationError:
        return _NONE


def fault_of(advisor: Advisor, request: WordingRequest, sentence: Sentence) -> Fault:
    """Why a sentence does not hold; the first reason counts."""
    if request.draft.has(sentence.text, request.record):
        return Fault()
    known = all(0 < number <= len(request.facts) for number in sentence.facts)
    least = 0 if request.form is Form.TEXT else 1  # a text for others may say what the line wants in it
    if not known or not least <= len(sentence.facts) <= _MOST_NAMED:
        return Fault("facts")
    case = _Case(advisor.pack, request, sentence)
    found = ((reason, fails(case)) for reason, fails in CHECKS.items())
    return next((Fault(why, () if said is True else tuple(said)) for why, said in found if said), Fault())


class _Case:
    """A sentence beside the facts that it names. `words` and `stems` are of the sentence, `told_…` of the facts.

    What people said stands in quotation marks in the facts. It only counts in a sentence that says whose words it
    tells, and not for prices. In a text for others it counts, as do what the line wants in it and what stood in it.
    """

    def __init__(self, pack: Pack, request: WordingRequest, sentence: Sentence) -> None:
        self.pack, self.request = pack, request
        self.text = _ITEM.sub("", sentence.text) if request.form is Form.TEXT else sentence.text
        self.facts = tuple(request.facts[number - 1] for number in sentence.facts)
        self.words = fold(in_digits(self.text))
        self.stems = stems(self.words)
        known = {one for label in (*_verdicts(pack), *chain.from_iterable(_options(pack))) for one in _telling(label)}
        texts = "\n".join(fact.text.removeprefix(f"“{fact.idea}”: ") for fact in self.facts)
        self.told = _QUOTED.sub(lambda said: said[0] if telling(said[0]) <= known else "", texts)
        self.told_words = fold(in_digits(self.told))
        self.told_stems = stems(self.told_words)
        self.for_others = request.form is Form.TEXT
        self.instructs = self.for_others and request.draft.form == PROMPT  # what somebody is to do is no fact
        owned = bool(_QUOTED.search(self.text)) or self.has("owned")
        standing = (each.text for each in request.draft.standing(request.record))
        wanted = "\n".join((texts, request.line, *request.draft.lines, *standing))
        self.quoted = wanted if self.for_others else texts if owned else self.told
        self.labels = _negated_labels(pack)
        self.names = {verdict.id: stems(fold(verdict.name)) for verdict in pack.verdicts}
        titled = request.facts if self.for_others else self.facts
        self.titles = tuple(dict.fromkeys(fact.idea for fact in titled))
        self.about = {one for title in self.titles for one in telling(title)}

    def is_negated(self, text: str) -> bool:
        """Whether a text denies something, beside the labels of options and what is quoted."""
        return is_negated(self.labels.sub(" ", _QUOTED.sub(" ", text)))

    @cached_property
    def mentions(self) -> list[Mention]:
        return [mention(clause, self.names) for clause in CLAUSE_END.split(self.text)]

    @cached_property
    def supposes(self) -> bool:
        """Whether it says what would be."""
        begins = (fold(clause)[:1] for clause in CLAUSE_END.split(self.text))
        return self.has("conditions") or ("with",) in begins

    @cached_property
    def lacks(self) -> bool:
        """Whether it says what the advisor does not have, which no fact says."""
        return "here" in self.words and is_negated(self.text)

    def has(self, words: str) -> bool:
        return not lists()[words].isdisjoint(self.words)

    @property
    def sweeps(self) -> tuple[str, ...]:
        """Families of words for what holds for all; an instruction may say it."""
        return ("rule",) if self.instructs else ("rule", "sweeping")

    def forms(self, family: str, said: Iterable[str]) -> bool:
        """Whether one of these words is of this family, and its facts have no form of that, whatever the line says."""
        words, told = frozenset(said), {*self.told_words}
        told |= {*fold(self.quoted)} if self.for_others and family != "rule" else set()
        return any(not group.isdisjoint(words) and group.isdisjoint(told) for group in forms()[family])

    @cached_property
    def known(self) -> str:
        """What stands in the facts, in their sources and titles, and in the line; for others, all titles."""
        known = (self.quoted, *(fact.source for fact in self.facts), *self.titles, self.request.line, *lists()["known"])
        return "\n".join(known)


def _new_numbers(case: _Case) -> Collection[str]:
    """Prices have to stand in the facts; other numbers may be people's, in a text for others prices as well."""
    text = _QUOTED.sub("", case.text)
    new = numbers(text) - numbers(case.known)
    if case.for_others:
        return new - rounded(text, case.known)
    if case.lacks:  # the unit of what is not known
        return [each for each in new if not each.startswith("$")]
    told = numbers(f"{case.told} {' '.join(fact.source for fact in case.facts)}")
    said = (numbers(clause) for clause in CLAUSE_END.split(text))
    prices = (each for each in said if any(one.startswith("$") for one in each))
    return new.union(*(each - told for each in prices))


def _new_names(case: _Case) -> Collection[str]:
    """Words with a capital inside a sentence, or of letters and digits. In a text for others a word of the line may be
    spelt as it should be.
    """
    known, new = stems(fold(case.known)), list[str]()
    for found in _NAME.finditer(case.text):
        name, first = found[0], not case.text[: found.start()].strip(' “"(')
        mixed = any(map(str.isdigit, name)) and any(map(str.isalpha, name))
        named = mixed or any(map(str.isupper, name[1:])) or (name[0].isupper() and not first)
        named = named or (first and _is_name(case.pack, name))
        if named and not _SELF.fullmatch(name) and not within(stems(fold(name)), known):
            spelt = (
                case.for_others
                and not mixed
                and get_close_matches(name.lower().rstrip("."), fold(case.request.line), 1, _SPELT)
            )
            new += () if spelt else (name,)
    return new


def _is_name(pack: Pack, word: str) -> bool:
    """Whether the pack has this word with a capital inside a sentence."""
    inside = re.compile(rf"[a-z,] {re.escape(word)}\b")
    return any(inside.search(entry.text) for entry in pack.entries)


def _new_quotes(case: _Case) -> Collection[str]:
    """Words in quotation marks that stand nowhere so, and are no label of an option."""
    labels = [tuple(part) for option in _options(case.pack) for part in option]
    labels += [tuple(fold(option.label)) for question in case.pack.questions for option in question.options]
    quoted = _QUOTED.findall(case.text)
    return [each for each in quoted if tuple(fold(each)) not in labels and not within(fold(each), fold(case.known))]


def _new_labels(case: _Case) -> Collection[str]:
    """The names of verdicts that the facts do not have; where an idea is told of, of options too that neither they nor
    the record of their ideas have: if it is supposed, any fact may have them.
    """
    named = _telling((*case.told_words, *fold(" ".join(fact.source for fact in case.facts))))
    verdicts = (case.pack.verdict(one).name for clause in case.mentions for one in clause.verdicts)
    new = [name for name in verdicts if not within(_telling(fold(name)), named)]
    every = " ".join(fact.text for fact in case.request.facts if fact.idea)
    answers = " ".join(case.request.answers.get(fact.idea, "") for fact in case.facts)
    told = f"{every if case.supposes else ''} {case.quoted} {answers}"
    known, said = (_named(fold(text)) for text in (told, case.text))
    for option in ([_named(part) for part in option] for option in _options(case.pack)) if every else ():
        if not any(within(part, known) for part in option):
            new += (" ".join(part) for part in option if within(part, said))
    return new


def _named(words: Iterable[str]) -> tuple[str, ...]:
    """Words as labels have them, without those that say nothing."""
    return tuple(word for word in words if stem(word) not in silent())


def _telling(words: Iterable[str]) -> tuple[str, ...]:
    return stems(_named(words))


def _verdicts(pack: Pack) -> Iterable[Sequence[str]]:
    return (fold(verdict.name) for verdict in pack.verdicts)


def _negated_labels(pack: Pack) -> re.Pattern[str]:
    """Options by their labels, and an answer of no: “no training data”."""
    labels = [o.label for question in pack.questions for o in question.options if is_negated(o.label)]
    answers = [f"no {question.name}" for question in pack.questions]
    return re.compile("|".join(map(re.escape, (*labels, *answers))), re.IGNORECASE)


def _options(pack: Pack) -> Iterator[tuple[Sequence[str], ...]]:
    """Each option as the parts of its label and of what stands on record for it: all say the same."""
    options = (option for question in pack.questions for option in question.options if option.id != UNSURE)
    for option in options:
        parts = map(fold, (part for text in (option.label, option.record) for part in text.split(",")))
        yield tuple(filter(_telling, parts))


def _has_other_verdict(case: _Case) -> bool:
    """A verdict is named that is not the idea's, as what is decided; or another one than the facts name beside the same
    number, or for the same reason.
    """
    meant = {fact.verdict for fact in case.facts if fact.verdict} or {f.verdict for f in case.request.facts if f.idea}
    clauses = CLAUSE_END.split(case.text)
    said = [each._replace(words=each.words - case.about) for each in case.mentions]
    named = {verdict for clause in said for verdict in clause.verdicts}
    lines = [line for line in (mention(each, case.names) for each in case.told.split("\n")) if line.verdicts]
    chooses = "or" in case.words and len(named) > 1 and any(named == line.verdicts for line in lines)
    others = named - meant
    if meant and not case.supposes and not chooses:
        alone = len(named) == 1
        decides = [clause for clause in said if clause.decides or (alone and clause.bare)]
        advice = " and ".join(text for text, clause in zip(clauses, said, strict=True) if clause.decides)
        denied = any(meant & clause.denied for clause in said if clause.decides or case.for_others)
        if denied or any(others & clause.verdicts for clause in decides) or not advises(case.pack, advice, meant):
            return True
    parts = [[mention(part, case.names) for part in CLAUSE_END.split(each)] for each in case.told.split("\n")]
    settled = () if case.supposes else meant
    return any(is_miscounted(clause, parts) or is_elsewhere(clause, lines, settled) for clause in said)


def _promises(case: _Case) -> bool:
    """The advisor says of itself what the facts do not say of it; that it cannot do something is no promise."""
    text = _QUOTED.sub(" ", case.text)
    behind = (fold(CLAUSE_END.split(text[found.end() :])[0]) for found in _SELF.finditer(text))
    behind = (words for words in behind if not {"cant", "cannot"} & {*words[:1]})
    does = [next((word for word in words if word not in lists()["auxiliaries"]), "") for words in behind]
    own = {one for text in case.told.split("\n") if _SELF.search(text) for one in ("", *stems(fold(text)))}
    return not {stem(verb) for verb in does} <= own


def _is_turned(case: _Case) -> bool:
    """A clause is negated, and a part of the facts that is not is nearer to it than any sentence that is, or the other
    way about.
    """
    sentences = _SENTENCE_END.split(_QUESTION.sub("", case.told))
    parts = [part for said in sentences for part in CLAUSE_END.split(said)]
    told = [(telling(part) - case.about, case.is_negated(part)) for part in parts]
    denying = [telling(said) - case.about for said in sentences if case.is_negated(said)]
    names = [*map(_telling, (*_verdicts(case.pack), *chain.from_iterable(_options(case.pack))))]
    for clause, named in zip(CLAUSE_END.split(case.text), case.mentions, strict=True):
        said, negated = telling(clause) - case.about, case.is_negated(clause)
        shared = [sum(has(words, word) for word in said) for words, _ in told]
        most = max(shared, default=0)
        if "here" in fold(clause) or (case.for_others and named.denied):  # what is denied is not the idea's own verdict
            continue
        if most < max(1, _ALIKE * len(said)):
            if negated and any(within(name, _telling(fold(clause))) for name in names):
                return True
        elif negated:
            if not any(sum(has(words, word) for word in said) >= most for words in denying):
                return True
        else:
            near = [(words, part) for (words, part), count in zip(told, shared, strict=True) if count == most]
            if all(part and most >= _ALIKE * len(words) for words, part in near):
                return True
    return False


def _is_unsupported(case: _Case) -> bool:
    """Too few of its telling words stand in the facts, in whatever form. Those that only the line has do not count,
    where it is not about what is decided.
    """
    if case.lacks:
        return False
    decides = case.has("verdicts") and not case.for_others
    told = case.told if decides else f"{case.quoted} {' '.join(fact.source for fact in case.facts)}"
    known, line = frozenset(stems(fold(in_digits(told)))), telling("" if decides else case.request.line)
    if case.for_others:  # titles are what it is about; a greeting or a closing says nothing else
        known, about = known | case.about, {*stems(lists()["courtesies"])}
    else:
        about = case.about
    said = {word: has(known, word) for word in telling(case.text) - about}
    if case.for_others and not said:
        return False
    return sum(said.values()) < _SUPPORTED * (sum(held or word not in line for word, held in said.items()) or 1)


CHECKS: Mapping[str, Callable[[_Case], bool | Collection[str]]] = {
    "length": lambda c: not c.words or len(c.text) > _LONGEST or bool(_SENTENCE_END.search(_QUOTED.sub("", c.text))),
    "question": lambda c: c.text.endswith("?") and not c.for_others,
    "markup": lambda c: bool(_MARKUP.search(c.text)) or not c.text.isprintable() or without_addresses(c.text) != c.text,
    "number": _new_numbers,
    "name": _new_names,
    "label": _new_labels,
    "quote": _new_quotes,
    "verdict": _has_other_verdict,
    "rule": lambda c: any(c.forms(family, fold(_QUOTED.sub("", c.text))) for family in c.sweeps),
    "done": lambda c: c.forms("done", _DONE.findall(_QUOTED.sub("", c.text).lower())),
    "promise": lambda c: not c.for_others and _promises(c),
    "negation": lambda c: not c.instructs and _is_turned(c),
    "support": lambda c: not c.instructs and _is_unsupported(c),
}
"""Why a sentence is dropped, by what is wrong with it: whether it is, or the words that are."""

DROPS = ("json", "shape", "facts", "too_many", *CHECKS)
"""Reasons for which sentences are dropped."""
