"""Which texts of a pack stand for which passage or scenario.

Where a pack has phrasings, they alone do: titles and stories may then be reworded without fitting anything anew.
"""

from knowledge.pack import Pack

NONE = ""
"""The label of texts that belong nowhere."""

Labelled = list[tuple[str, str]]
"""(label, text) pairs."""

PROJECTS = "projects"
"""The kind of `beside` texts that may describe projects; they say nothing about scenarios."""

_MAY_STATE = frozenset([PROJECTS, "statements"])
"""Kinds of `beside` texts that may imply answers: off the topic as questions, but not for the reader."""

_SHARE = 5
"""One in so many of the other texts is enough to show what people write besides."""


def passage_examples(pack: Pack) -> Labelled:
    """Texts by the passage, outside entry or term that answers them; texts that none answers under NONE."""
    own = pack.phrasings.passages
    titles = [(passage.id, passage.title) for passage in pack.passages if passage.id not in own]
    asked = [(label, text) for label, texts in sorted(own.items()) for text in texts]
    return titles + asked + _entry_examples(pack) + _beside(pack, "")


def _entry_examples(pack: Pack) -> Labelled:
    entries = [(entry.id, text) for entry in pack.outside for text in entry.phrasings]
    return entries + [(term.id, text) for term in pack.terms for text in term.phrasings]


def call_examples(pack: Pack) -> Labelled:
    """Sentences of ideas by the outside entry that they call for; what only sounds like them, and a share of what else
    people tell about ideas, under NONE."""
    calls = [(entry.id, text) for entry in pack.outside for text in entry.calls]
    not_calls = [(NONE, text) for entry in pack.outside for text in entry.not_calls]
    said = [texts for _, options in sorted(pack.statements.said.items()) for _, texts in sorted(options.items())]
    told = [texts for _, texts in sorted(pack.phrasings.scenarios.items())]
    others = (*said, *(texts for _, texts in sorted(pack.statements.unsaid.items())), *told, pack.phrasings.no_project)
    return [*calls, *not_calls, *((NONE, text) for texts in others for text in texts[::_SHARE])] if calls else []


def known_questions(pack: Pack) -> Labelled:
    """Texts whose passage is certain: all of them, titles included."""
    return [*passage_examples(pack), *((entry.id, entry.title) for entry in pack.entries)]


def scenario_examples(pack: Pack) -> Labelled:
    """Descriptions by the scenario that is built the same way; questions and other texts under NONE."""
    own = pack.phrasings.scenarios
    stories = [(scenario.id, scenario.story.text) for scenario in pack.scenarios if scenario.id not in own]
    told = [(label, text) for label, texts in sorted(own.items()) for text in texts]
    asked = [(NONE, text) for _, texts in sorted(pack.phrasings.passages.items()) for text in texts]
    return stories + told + [(NONE, text) for text in pack.phrasings.no_project] + asked + _beside(pack, PROJECTS)


def answer_examples(pack: Pack, question: str) -> Labelled:
    """Statements by the option of a question that they imply. What implies an answer to another question, what implies
    none, and a share of what people ask and of other subjects stand under NONE."""
    said = [
        (option if one == question else NONE, text)
        for one, options in sorted(pack.statements.said.items())
        for option, texts in sorted(options.items())
        for text in texts
    ]
    unsaid = [(NONE, text) for _, texts in sorted(pack.statements.unsaid.items()) for text in texts]
    kinds = [texts for kind, texts in sorted(pack.phrasings.beside.items()) if kind not in _MAY_STATE]
    asked = [texts for _, texts in sorted(pack.phrasings.passages.items())]
    return said + unsaid + [(NONE, text) for texts in kinds + asked for text in texts[::_SHARE]]


def _beside(pack: Pack, without: str) -> Labelled:
    kinds = sorted(pack.phrasings.beside.items())
    return [(NONE, text) for kind, texts in kinds if kind != without for text in texts]
