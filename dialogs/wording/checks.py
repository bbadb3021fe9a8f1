"""Which of a language model's sentences hold, each by itself: it says what its facts say, and no more."""

import re
from collections.abc import Callable, Collection, Mapping
from difflib import get_close_matches
from typing import NamedTuple

from dialogs.redaction import without_addresses
from dialogs.wording.case import QUOTED, Basis, Case
from dialogs.wording.draft import Sentence
from dialogs.wording.eligibility import Form
from dialogs.wording.labels import bare, telling_of
from dialogs.wording.verdict_mentions import advises, is_elsewhere, is_miscounted, mention
from dialogs.wording.words import (
    CLAUSE_END,
    has,
    in_digits,
    lists,
    numbers,
    rounded,
    stem,
    stems,
    telling,
    within,
)
from knowledge.pack import Pack
from knowledge.typed_answers.word_parser import fold

_LONGEST, _MOST_NAMED, _SPELT = 400, 8, 0.85
_SUPPORTED, _ALIKE = 0.45, 0.45
"""Least share of the telling words of a sentence that its facts and the line have, and of those of a clause that one
of a fact has, so that it says the same or turns it round; docs/decisions/109."""

_NAME = re.compile(r"[^\W_][\w’'./&+-]*")
_SELF = re.compile(r"\bI\b(?:['’]\w+)?")
_MARKUP = re.compile(r"[<>*`_#@|\[\]{}\\^]|~(?!\d)|\w+://|www\.")
_QUESTION = re.compile(r"[^.!?\n]*\?")
_DONE = re.compile(
    r"(?:\b(?:is|are|was|were|been|(?<!can )(?<!could )be|have|has|had|get|gets|got)|[’'](?:s|re|ve|d))\b"
    r"(?: (?:not|now|just|already|also|all))* (\w+)"
)
_SWEEPING = ("rule", "sweeping")
"""Families of words for what holds for all."""

_SENTENCE_END = re.compile(r"(?<!\b[A-Z])(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)[.!?]\s+(?=[A-Z“])|\n")


class Fault(NamedTuple):
    """Why a sentence does not hold, "" where it does, and the words of it that are at fault, if they can be told."""

    reason: str = ""
    words: tuple[str, ...] = ()


def fault_of(basis: Basis, sentence: Sentence) -> Fault:
    """Why a sentence does not hold; the first reason counts. What stood in the text needs no facts."""
    request = basis.request
    stood = any(each.text == sentence.text for each in (*request.draft.sentences, *request.draft.before))
    if stood and not is_outdated(basis, sentence):
        return Fault()
    known = all(0 < number <= len(request.facts) for number in sentence.facts)
    least = 0 if request.form is Form.TEXT else 1  # a text for others may say what the line wants in it
    if not known or not least <= len(sentence.facts) <= _MOST_NAMED:
        return Fault("facts")
    case = Case(basis, sentence)
    found = ((reason, fails(case)) for reason, fails in CHECKS.items())
    return next((Fault(why, () if said is True else tuple(said)) for why, said in found if said), Fault())


def is_outdated(basis: Basis, sentence: Sentence) -> bool:
    """Whether a sentence of the draft contradicts what has changed on record since, whichever facts it rested on."""
    request = basis.request
    if request.draft.standing(request.record):
        return False
    case = Case(basis, sentence._replace(facts=tuple(range(1, len(request.facts) + 1))))
    return any(CHECKS[reason](case) for reason in _BY_RECORD)


def _new_numbers(case: Case) -> Collection[str]:
    """Prices have to stand in the facts, or in the text that is told of; other numbers may be people's, in a text for
    others prices as well.
    """
    text = case.text if case.instructs else QUOTED.sub("", case.text)
    new = numbers(text) - numbers(case.known)
    if case.for_others:
        return new - rounded(text, case.known)
    if case.lacks:  # the unit of what is not known
        return [each for each in new if not each.startswith("$")]
    told = numbers(f"{case.told} {' '.join(fact.source for fact in case.facts)}")
    said = (numbers(clause) for clause in CLAUSE_END.split(text))
    prices = (each for each in said if any(one.startswith("$") for one in each))
    return new.union(*(each - told for each in prices))


def _new_names(case: Case) -> Collection[str]:
    """Words with a capital inside a sentence, or of letters and digits. In a text for others a word of the line may be
    spelt as it should be.
    """
    known, new = stems(fold(case.known)), list[str]()
    for found in _NAME.finditer(case.text):
        name, first = found[0], not case.text[: found.start()].strip(' “"(')
        mixed = any(map(str.isdigit, name)) and any(map(str.isalpha, name))
        named = mixed or any(map(str.isupper, name[1:])) or (name[0].isupper() and not first)
        named = named or (first and name[0].isupper() and _is_name(case.pack, name))
        if named and not _SELF.fullmatch(name) and not within(stems(fold(name)), known):
            spelt = (
                case.for_others
                and not mixed
                and get_close_matches(name.lower().rstrip("."), fold(case.request.line), 1, _SPELT)
            )
            new += () if spelt else (name,)
    return new


def _is_name(pack: Pack, word: str) -> bool:
    """Whether the pack has this word, which has a capital, inside a sentence."""
    inside = re.compile(rf"[a-z,] {re.escape(word)}\b")
    return any(inside.search(entry.text) for entry in pack.entries)


def _new_quotes(case: Case) -> Collection[str]:
    """Words in quotation marks that stand nowhere so, and are no label of an option."""
    labels = [tuple(part) for option in case.basis.options for part in option]
    labels += [tuple(fold(option.label)) for question in case.pack.questions for option in question.options]
    quoted = QUOTED.findall(case.text)
    return [each for each in quoted if tuple(fold(each)) not in labels and not within(fold(each), fold(case.known))]


def _new_labels(case: Case) -> Collection[str]:
    """The names of verdicts that the facts do not have; where an idea is told of, of options too that neither they nor
    the record of their ideas have: if it is supposed, any fact may have them.
    """
    named = telling_of((*case.told_words, *fold(" ".join(fact.source for fact in case.facts))))
    verdicts = (case.pack.verdict(one).name for clause in case.mentions for one in clause.verdicts)
    new = [name for name in verdicts if not within(telling_of(fold(name)), named)]
    every = " ".join(fact.text for fact in case.request.facts if fact.idea)
    answers = " ".join(case.request.answers.get(fact.idea, "") for fact in case.facts)
    told = f"{every if case.supposes else ''} {case.quoted} {answers}"
    known, said = (bare(fold(text)) for text in (told, case.text))
    for option in ([bare(part) for part in option] for option in case.basis.options) if every else ():
        if not any(within(part, known) for part in option):
            new += (" ".join(part) for part in option if within(part, said))
    return new


def _has_other_verdict(case: Case) -> bool:
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


def _promises(case: Case) -> bool:
    """The advisor says of itself what the facts do not say of it; that it cannot do something is no promise."""
    text = QUOTED.sub(" ", case.text)
    behind = (fold(CLAUSE_END.split(text[found.end() :])[0]) for found in _SELF.finditer(text))
    behind = (words for words in behind if not {"cant", "cannot"} & {*words[:1]})
    does = [next((word for word in words if word not in lists()["auxiliaries"]), "") for words in behind]
    own = {one for text in case.told.split("\n") if _SELF.search(text) for one in ("", *stems(fold(text)))}
    return not {stem(verb) for verb in does} <= own


def _is_turned(case: Case) -> bool:
    """A clause is negated, and a part of the facts that is not is nearer to it than any sentence that is, or the other
    way about.
    """
    sentences = _SENTENCE_END.split(_QUESTION.sub("", case.told))
    parts = [part for said in sentences for part in CLAUSE_END.split(said)]
    told = [(telling(part) - case.about, case.is_negated(part)) for part in parts]
    denying = [telling(said) - case.about for said in sentences if case.is_negated(said)]
    names = case.basis.labels
    for clause, named in zip(CLAUSE_END.split(case.text), case.mentions, strict=True):
        said, negated = telling(clause) - case.about, case.is_negated(clause)
        shared = [sum(has(words, word) for word in said) for words, _ in told]
        most = max(shared, default=0)
        if "here" in fold(clause) or (case.for_others and named.denied):  # what is denied is not the idea's own verdict
            continue
        if most < max(1, _ALIKE * len(said)):
            if negated and any(within(name, telling_of(fold(clause))) for name in names):
                return True
        elif negated:
            if not any(sum(has(words, word) for word in said) >= most for words in denying):
                return True
        else:
            near = [(words, part) for (words, part), count in zip(told, shared, strict=True) if count == most]
            if all(part and most >= _ALIKE * len(words) for words, part in near):
                return True
    return False


def _is_unsupported(case: Case) -> bool:
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


CHECKS: Mapping[str, Callable[[Case], bool | Collection[str]]] = {
    "length": lambda c: not c.words or len(c.text) > _LONGEST or bool(_SENTENCE_END.search(QUOTED.sub("", c.text))),
    "question": lambda c: c.text.endswith("?") and not c.for_others,
    "markup": lambda c: bool(_MARKUP.search(c.text)) or not c.text.isprintable() or without_addresses(c.text) != c.text,
    "number": _new_numbers,
    "name": _new_names,
    "label": _new_labels,
    "quote": lambda c: () if c.instructs else _new_quotes(c),
    "verdict": _has_other_verdict,
    "rule": lambda c: not c.instructs and any(c.forms(each, fold(QUOTED.sub("", c.text))) for each in _SWEEPING),
    "done": lambda c: not c.instructs and c.forms("done", _DONE.findall(QUOTED.sub("", c.text).lower())),
    "promise": lambda c: not c.for_others and _promises(c),
    "negation": lambda c: not c.instructs and _is_turned(c),
    "support": lambda c: not c.instructs and _is_unsupported(c),
}
"""Why a sentence is dropped, by what is wrong with it: whether it is, or the words that are."""

_BY_RECORD = ("number", "label", "verdict")
"""What is wrong with a sentence that held before the record changed."""

DROPS = ("json", "shape", "facts", "too_many", *CHECKS)
"""Reasons for which sentences are dropped."""
