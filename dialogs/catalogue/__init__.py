"""The words of the interface: texts with placeholders, and the phrases that people type."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Self

from pydantic import ConfigDict
from pydantic.dataclasses import dataclass

from dialogs.catalogue.phrases import TitlePhrases
from dialogs.catalogue.template import Template, Value
from dialogs.view import Line
from knowledge.pack import Question
from knowledge.yaml_document import packaged

__all__ = ["Catalogue", "Remark", "Value", "load"]


Remark = str
"""The key of a short remark, under `remarks`."""

Phrases = Mapping[str, tuple[str, ...]]
"""What people type about one matter, by what it means; the comments beside the words say more."""


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Catalogue:
    """One language of the interface."""

    texts: Mapping[str, str]
    remarks: Mapping[str, str]
    channel: Mapping[str, str]
    mcp: Mapping[str, str]
    exact: Mapping[str, tuple[str, ...]]
    commands: Mapping[str, tuple[str, ...]]
    statuses: Mapping[str, str]
    events: Mapping[str, str]
    orders: Mapping[str, tuple[str, ...]]
    days_ago: Mapping[str, int]
    weekdays: tuple[str, ...]
    phrases: Phrases
    board: Phrases
    emoji: Phrases
    shorthand: Mapping[str, str]
    small_talk: Mapping[Remark, tuple[str, ...]]
    pasted: Phrases
    titles: TitlePhrases
    table: Phrases
    offers: Phrases
    lesson_talk: Mapping[str, tuple[str, ...]]
    lessons: Phrases
    small_talk_openings: Mapping[Remark, tuple[str, ...]]
    languages: Mapping[Remark, tuple[str, ...]]
    tenses: Mapping[str, str]
    text_forms: Mapping[str, tuple[str, ...]]
    text_styles: Mapping[str, tuple[str, ...]]
    text_languages: tuple[str, ...]
    prompt_asked: tuple[str, ...]
    text_units: Mapping[str, tuple[str, ...]]
    offer_labels: Mapping[str, str]
    heard_labels: Mapping[str, str]
    listening: Mapping[str, str]
    speaking: Mapping[str, str]
    sums: Mapping[str, str]
    undoing: Mapping[str, str]
    undone: Mapping[str, tuple[str, ...]]
    status_words: Mapping[str, tuple[str, ...]]

    def with_listener(self, name: str, *, speaks: bool = False) -> Self:
        """The same where a language model of this name listens along, and maybe words answers: other things are true of
        the advisor then.
        """
        plain = name.translate(dict.fromkeys(map(ord, "{}*_`")))
        texts = {**self.listening, **self.speaking} if speaks else self.listening
        said = {key: text.replace("{model}", plain) for key, text in texts.items()}
        return replace(self, remarks={**self.remarks, **said})

    def with_days(self, kept: int) -> Self:
        """The same where a conversation is kept for so many days after its last message."""
        said = {key: text.replace("{days}", str(kept)) for key, text in self.remarks.items() if "{days}" in text}
        return replace(self, remarks={**self.remarks, **said})

    def line(self, key: str, /, **values: Value) -> Line:
        """The text with this key, filled in. KeyError if a key or a value is missing."""
        return self.templates["texts"][key].fill(values)

    def text(self, key: str, /, **values: str | int) -> str:
        """The same as plain characters, for labels."""
        return self.texts[key].format_map(values)

    def answers_text(self, answers: Iterable[tuple[Question, str]]) -> str:
        parts = (self.text("change_answer", question=q.name, record=q.option(option).record) for q, option in answers)
        return self.text("change_and").join(parts)

    def mcp_text(self, key: str, /, **values: str | int) -> str:
        """One of the texts that other assistants read."""
        return self.mcp[key].format_map(values)

    def remark(self, key: Remark, /, **values: Value) -> Line:
        return self.templates["remarks"][key].fill(values)

    def in_channel(self, key: str, /, **values: Value) -> Line:
        """One of the texts under `channel`: those of channels and forms, not of replies."""
        return self.templates["channel"][key].fill(values)

    @cached_property
    def templates(self) -> Mapping[str, Mapping[str, Template]]:
        """All texts, parsed."""
        kinds = {"texts": self.texts, "remarks": self.remarks, "channel": self.channel}
        return {kind: {key: Template.parse(text) for key, text in texts.items()} for kind, texts in kinds.items()}

    @cached_property
    def small_talk_of(self) -> Mapping[str, Remark]:
        """Typed words about the advisor itself → the remark that answers them."""
        return {phrase: remark for remark, phrases in self.small_talk.items() for phrase in phrases}

    @cached_property
    def command_of(self) -> Mapping[str, tuple[str, ...]]:
        """Typed words → the commands they may mean, in the catalogue's order."""
        meanings: dict[str, tuple[str, ...]] = {}
        for command, phrases in self.commands.items():
            for phrase in phrases:
                meanings[phrase] = (*meanings.get(phrase, ()), command)
        return meanings


def load(language: str = "en") -> Catalogue:
    """The catalogue of a language; FileNotFoundError if there is none."""
    return Catalogue(**packaged(__package__, f"{language}.yaml"))
