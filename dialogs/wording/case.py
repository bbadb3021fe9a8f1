"""A sentence beside the facts that it names, as the checks compare them."""

import re
from collections.abc import Iterable
from functools import cached_property

from dialogs.commands.command import What
from dialogs.wording.draft import Sentence
from dialogs.wording.eligibility import Form
from dialogs.wording.labels import every_label, negated_labels, option_parts
from dialogs.wording.request import WordingRequest
from dialogs.wording.verdict_mentions import Mention, mention
from dialogs.wording.words import CLAUSE_END, forms, in_digits, is_negated, lists, numbers, stems, telling
from knowledge.pack import Pack
from knowledge.typed_answers.word_parser import fold

QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_ITEM = re.compile(r"^(?:Step )?\d{1,2}[.):] ")
"""The number of an item of a text."""


class Basis:
    """What is the same for all sentences of an answer: the request, and the names and labels of the pack in the forms
    in which sentences are compared with them.
    """

    def __init__(self, pack: Pack, request: WordingRequest) -> None:
        self.pack, self.request = pack, request
        self.for_others = request.form is Form.TEXT
        self.instructs = self.for_others and request.draft.form == What.PROMPT  # what somebody is to do is no fact
        self.names = {verdict.id: stems(fold(verdict.name)) for verdict in pack.verdicts}
        self.labels, self.negated = every_label(pack), negated_labels(pack)
        self.label_words = {one for label in self.labels for one in label}
        self.options = tuple(option_parts(pack))
        standing = (each.text for each in request.draft.standing(request.record))
        self.wanted = "\n".join((request.line, *request.draft.lines, *standing))


class Case:
    """A sentence beside the facts that it names. `words` are those of the sentence, `told_words` those of the facts.

    What people said, and what their texts say, stands in quotation marks in the facts. It only counts in a sentence
    that says whose words it tells, and not for prices but for those of a text that it names. In a text for others it
    counts, as do what the line wants in it and what stood in it.
    """

    def __init__(self, basis: Basis, sentence: Sentence) -> None:
        self.basis, request = basis, basis.request
        self.pack, self.request, self.names = basis.pack, request, basis.names
        self.for_others, self.instructs = basis.for_others, basis.instructs
        self.text = _ITEM.sub("", sentence.text) if self.for_others else sentence.text
        self.facts = tuple(request.facts[number - 1] for number in sentence.facts)
        self.words = fold(in_digits(self.text))
        texts = "\n".join(fact.text.removeprefix(f"“{fact.idea}”: ") for fact in self.facts)
        of_texts = "".join(f"\n{fact.text}" for fact in self.facts if fact.form and fact.form in self.words)
        self.told = QUOTED.sub(lambda said: said[0] if telling(said[0]) <= basis.label_words else "", texts) + of_texts
        self.told_words = fold(in_digits(self.told))
        owned = bool(QUOTED.search(self.text)) or self.has("owned")
        self.quoted = f"{texts}\n{basis.wanted}" if self.for_others else texts if owned else self.told
        titled = request.facts if self.for_others else self.facts
        self.titles = tuple(dict.fromkeys(fact.idea for fact in titled))
        self.about = {one for title in self.titles for one in telling(title)}

    def is_negated(self, text: str) -> bool:
        """Whether a text denies something, beside the labels of options and what is quoted."""
        return is_negated(self.basis.negated.sub(" ", QUOTED.sub(" ", text)))

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

    def forms(self, family: str, said: Iterable[str]) -> bool:
        """Whether one of these words is of this family, and its facts have no form of that, whatever the line says."""
        words, told = frozenset(said), {*self.told_words}
        told |= {*fold(self.quoted)} if self.for_others and family != "rule" else set()
        bounds = numbers(self.text) & numbers(self.known) if self.for_others else ()  # “at least 40”, as the line says
        told |= {each.rpartition(" ")[2] for each in bounds if " " in each}
        return any(not group.isdisjoint(words) and group.isdisjoint(told) for group in forms()[family])

    @cached_property
    def known(self) -> str:
        """What stands in the facts, in their sources and titles, and in the line; for others, all titles."""
        known = (self.quoted, *(fact.source for fact in self.facts), *self.titles, self.request.line, *lists()["known"])
        return "\n".join(known)
