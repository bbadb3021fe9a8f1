"""The words of the interface: texts with places to fill, and what people type for commands."""

import re
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict

from dialogs.message import Person
from dialogs.view import Line, Mention, Span, Style

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MARKED = re.compile(r"\*([^*]+)\*|_([^_]+)_")
_PLACE = re.compile(r"\{(\w+)\}")

Value = str | int | Person | Line


class Hearing(BaseModel):
    """How longer texts begin or what they contain."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agreeing: tuple[str, ...]
    declining: tuple[str, ...]
    polite: tuple[str, ...]
    change: tuple[str, ...]
    correction: tuple[str, ...]
    question: tuple[str, ...]
    explaining: tuple[str, ...]
    triage: tuple[str, ...]
    forget: tuple[str, ...]


class Catalogue(BaseModel):
    """One language of the interface."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    texts: Mapping[str, str]
    remarks: Mapping[str, str]
    channel: Mapping[str, str]
    commands: Mapping[str, tuple[str, ...]]
    hearing: Hearing

    def line(self, key: str, /, **values: Value) -> Line:
        """The text with this key, filled in. KeyError where a key or a value is missing."""
        return filled(self.texts[key], values)

    def text(self, key: str, /, **values: str | int) -> str:
        """The same as plain characters, for labels."""
        return _PLACE.sub(lambda place: str(values[place[1]]), self.texts[key])

    def remark(self, key: str, /, **values: Value) -> Line:
        """One of the short remarks."""
        return filled(self.remarks[key], values)

    def in_channel(self, key: str, /, **values: Value) -> Line:
        """One of the texts that channels say on their own account."""
        return filled(self.channel[key], values)

    @cached_property
    def command_of(self) -> Mapping[str, tuple[str, ...]]:
        """Typed words → the commands they may mean, in the catalogue's order."""
        meanings: dict[str, tuple[str, ...]] = {}
        for command, phrases in self.commands.items():
            for phrase in phrases:
                meanings[phrase] = (*meanings.get(phrase, ()), command)
        return meanings


def filled(template: str, values: Mapping[str, Value]) -> Line:
    """The template as running text. Emphasis is read from the template alone, never from a value."""
    parts: list[Span | Mention] = []
    position = 0
    for marked in _MARKED.finditer(template):
        parts += _placed(template[position : marked.start()], Style.PLAIN, values)
        style = Style.STRONG if marked[1] else Style.QUIET
        parts += _placed(marked[1] or marked[2], style, values)
        position = marked.end()
    parts += _placed(template[position:], Style.PLAIN, values)
    return tuple(parts)


def _placed(text: str, style: Style, values: Mapping[str, Value]) -> list[Span | Mention]:
    parts: list[Span | Mention] = []
    position = 0
    for place in _PLACE.finditer(text):
        if place.start() > position:
            parts.append(Span(text[position : place.start()], style))
        match values[place[1]]:
            case Person() as person:
                parts.append(Mention(person))
            case tuple() as line:
                parts += line
            case value:
                parts.append(Span(str(value), style))
        position = place.end()
    if position < len(text):
        parts.append(Span(text[position:], style))
    return parts


def load(language: str = "en") -> Catalogue:
    """The catalogue of a language; FileNotFoundError where there is none."""
    text = files(__package__).joinpath(f"{language}.yaml").read_text(encoding="utf-8")
    return Catalogue.model_validate(yaml.load(text, Loader=_LOADER))  # noqa: S506 - one of the safe loaders
