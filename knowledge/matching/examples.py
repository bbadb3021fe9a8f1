"""Which texts of a pack stand for which passage, scenario or answer.

If a pack has phrasings, only these count: titles and stories can then be reworded without training again.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from knowledge.pack import UNSURE, Pack
from knowledge.phrasings import SCENARIO, UNDECIDED, labelled_answers

WORD = re.compile(r"\w[\w’'-]*")

ANY = "any"
"""The name of the classifier of typed answers that does not know the open question."""

Labelled = list[tuple[str, str]]
"""(label, text) pairs."""

NONE = ""
"""The label of texts that belong nowhere."""

PROJECTS = "projects"
"""The kind of `beside` texts that may describe projects; they say nothing about scenarios."""

TRADES = "other_trades"
"""The kind of `beside` texts on other trades in the words of the subject; only passages need all of them."""

_MAY_STATE = frozenset([PROJECTS, "statements"])
"""Kinds of `beside` texts that may imply answers: off the topic as questions, but not for the reader."""

IDEA = "idea"
"""The label of descriptions of ideas."""

_TELLING = 4
"""Words from which a typed answer usually shows by itself which question it answers."""

_THIRD = 3
"""Every third whole description is an example of a long idea."""

_SHARE = 5
"""Every fifth of the other texts is an example of what else people write."""


def passage_examples(pack: Pack) -> Labelled:
    """Texts by the passage that answers them; texts that nothing answers under NONE."""
    own = pack.phrasings.passages
    titles = [(passage.id, passage.title) for passage in pack.passages if passage.id not in own]
    asked = [(label, text) for label, texts in sorted(own.items()) for text in texts]
    return titles + asked + _beside(pack, "")


def entry_examples(pack: Pack) -> Labelled:
    """Questions by the outside entry or term that answers them; also its title and its text."""
    entries = [(entry.id, text) for entry in pack.outside for text in (entry.title, entry.text, *entry.phrasings)]
    return entries + [(term.id, text) for term in pack.terms for text in (term.title, term.text, *term.phrasings)]


def call_examples(pack: Pack) -> Labelled:
    """What ideas say, by the outside entry that it calls for. Under NONE: what only sounds like it, and what describes
    no idea. Statements that imply an answer are left out: many of them call for an entry as well."""
    calls = [(entry.id, text) for entry in pack.outside for text in entry.calls]
    not_calls = [(NONE, text) for entry in pack.outside for text in entry.not_calls]
    not_calls += [(NONE, text) for text in pack.phrasings.plain_ideas]
    others = (*(texts for _, texts in sorted(pack.statements.unsaid.items())), pack.phrasings.no_project)
    return [*calls, *not_calls, *((NONE, text) for texts in others for text in texts[::_SHARE])] if calls else []


def known_questions(pack: Pack) -> Labelled:
    """Texts whose passage is known, titles included."""
    return [*passage_examples(pack), *entry_examples(pack), *((entry.id, entry.title) for entry in pack.entries)]


def common_words(pack: Pack) -> frozenset[str]:
    """Words in lower case that stand in what people ask: they name nobody."""
    own = pack.phrasings
    asked = (text for texts in (*own.passages.values(), *own.beside.values(), own.no_project) for text in texts)
    return frozenset(word for text in asked for word in WORD.findall(text) if word.islower())


def scenario_examples(pack: Pack) -> Labelled:
    """Descriptions by the scenario that is built the same way; questions and other texts under NONE."""
    own = pack.phrasings.scenarios
    stories = [(scenario.id, scenario.story.text) for scenario in pack.scenarios if scenario.id not in own]
    told = [(label, text) for label, texts in sorted(own.items()) for text in texts]
    asked = [(NONE, text) for _, texts in sorted(pack.phrasings.passages.items()) for text in texts]
    others = [(NONE, text) for text in pack.phrasings.no_project] + asked + _beside(pack, PROJECTS)
    return [*stories, *told, *_described_scenarios(pack), *others]


def _described_scenarios(pack: Pack) -> Iterator[tuple[str, str]]:
    """Whole descriptions whose authors said which scenario they resemble; most resemble none."""
    for group in pack.descriptions:
        for label, texts in group.texts.items() if group.scenarios else ():
            scenario = dict(labelled_answers(label)).get(SCENARIO, NONE)
            yield from ((scenario, text) for text in texts if scenario != UNDECIDED)


def idea_examples(pack: Pack) -> Labelled:
    """Descriptions of ideas of any kind under IDEA; whatever describes none under NONE."""
    own = pack.phrasings
    ideas = (own.ideas, own.plain_ideas, *own.scenarios.values(), own.beside.get(PROJECTS, ()))
    told = [text for texts in ideas for text in texts]
    told += [each.text for each in description_examples(pack)][::_THIRD]
    short = pack.short_answers
    answered = [text for _, options in sorted(short.answers.items()) for texts in options.values() for text in texts]
    plain = [text for _, options in sorted(short.plain.items()) for texts in options.values() for text in texts]
    asked = [text for _, texts in sorted(own.passages.items()) for text in texts[::_SHARE]]
    others = [*own.no_project, *short.none, *plain, *answered[::_SHARE], *asked]
    return [(IDEA, text) for text in told] + [(NONE, text) for text in others] + _beside(pack, PROJECTS)


def answer_examples(pack: Pack, question: str) -> Labelled:
    """Typed answers by the option that they mean while a question is open. Answers to other questions are under NONE if
    they are long enough to be about those alone."""
    own = pack.short_answers
    said: dict[str, str] = {text: option for option, texts in own.plain.get(question, {}).items() for text in texts}
    if question in {each.id for each in pack.questions}:
        said |= {text: option.id for option in pack.question(question).options for text in option.words}
    said |= {text: option for option, texts in own.answers.get(question, {}).items() for text in texts}
    for options in own.answers.values():  # doubt sounds the same whatever it is about
        for text in options.get(UNSURE, ()):
            said.setdefault(text, UNSURE)
    for text in own.none:
        said.setdefault(text, NONE)
    for _, _, text in _elsewhere(pack, question):
        said.setdefault(text, NONE)
    return [(label, text) for text, label in said.items()]


def plain_examples(pack: Pack) -> Labelled:
    """Typed answers by question and option, if they can be understood without knowing the open question."""
    said = {text: f"{question}:{option}" for question, option, text in _elsewhere(pack, "")}
    for text in pack.short_answers.none:
        said.setdefault(text, NONE)
    return [(label, text) for text, label in said.items()]


def split_label(label: str) -> tuple[str, str]:
    """The question and the option of a label of `plain_examples`."""
    question, _, option = label.partition(":")
    return question, option


def _elsewhere(pack: Pack, question: str) -> Iterator[tuple[str, str, str]]:
    """Question, option and text of typed answers to other questions than this one."""
    own = pack.short_answers
    for one, options in sorted(own.plain.items()):
        yield from ((one, option, text) for option, texts in options.items() for text in texts if one != question)
    for one, options in sorted(own.answers.items()):
        for option, texts in options.items():
            if one != question and option != UNSURE:
                yield from ((one, option, text) for text in texts if len(text.split()) >= _TELLING)


def statement_examples(pack: Pack) -> dict[str, dict[str, str]]:
    """Statements as they stand in descriptions, with the options that they imply by question; most imply none or one.

    Typed answers that show by themselves what they are about are statements as well; short ones are not.
    """
    found: dict[str, dict[str, str]] = {}
    own = pack.short_answers
    for implied in (pack.statements.said, own.plain):
        for question, options in sorted(implied.items()):
            for option, texts in sorted(options.items()):
                for text in texts:
                    found.setdefault(text, {})[question] = option
    for question, option, text in _elsewhere(pack, ""):
        found.setdefault(text, {question: option})
    kinds = sorted(pack.phrasings.beside.items())
    beside = [texts for kind, texts in kinds if kind not in _MAY_STATE and kind != TRADES]
    asked = [texts for _, texts in sorted(pack.phrasings.passages.items())]
    others = [text for texts in beside + asked for text in texts[::_SHARE]]
    for text in (*(t for _, texts in sorted(pack.statements.unsaid.items()) for t in texts), *own.none, *others):
        found.setdefault(text, {})
    return found


@dataclass(frozen=True, slots=True)
class LabelledDescription:
    """A description and what it answers by question: an option, or NONE where it leaves the question open. A question
    that is not there has no label. `author`: the number of the group that it stands in.
    """

    text: str
    author: int
    answers: Mapping[str, str]


def description_examples(pack: Pack) -> list[LabelledDescription]:
    """Whole descriptions with their labels, in the pack's order; none where the pack has none."""
    found: list[LabelledDescription] = []
    for author, group in enumerate(pack.descriptions):
        asked = [question for question in pack.statements.said if question not in group.unlabelled]
        for label, texts in group.texts.items():
            named = dict(labelled_answers(label))
            answers = {q: named.get(q, NONE) for q in asked if named.get(q) != UNDECIDED}
            found += [LabelledDescription(text, author, answers) for text in texts]
    return found


def _beside(pack: Pack, without: str) -> Labelled:
    kinds = sorted(pack.phrasings.beside.items())
    enough = {kind: texts[::_SHARE] if without and kind == TRADES else texts for kind, texts in kinds}
    return [(NONE, text) for kind, texts in enough.items() if kind != without for text in texts]
