"""YAML files as plain data that remembers its lines.

The small, safe part of YAML 1.2: `yes`, `no`, `on`, `off` and dates are text; only `true` and `false` are booleans; no
tags, anchors or aliases; no key twice. PyYAML's constructors follow YAML 1.1, so the data is built from its events.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from knowledge.problems import PackError, Problem

try:
    from yaml import CSafeLoader as _Parser
except ImportError:  # PyYAML without libyaml: the same events, slower
    from yaml import SafeLoader as _Parser  # type: ignore[assignment]

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 32

Plain = str | int | float | bool | None | list["Plain"] | dict[str, "Plain"]
Trail = tuple[str | int, ...]
"""Keys and list positions from the top of the data down to a value."""

_NULL = ("", "~", "null", "Null", "NULL")
_BOOL = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?")
_TEXT_TAGS = ("!", "tag:yaml.org,2002:str")
_INDENT = "Check the indentation, and put a text that holds `: ` or ` #` in quotes."
_WRITE_OUT = "Write the value out."


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """One file: its top mapping, and the line (from 1) of each key and list entry in it."""

    file: Path
    data: dict[str, Plain]
    lines: Mapping[Trail, int]


def read_document(file: Path) -> YamlDocument:
    """Reads one file; PackError where it is too large, no UTF-8, no such YAML or no mapping."""
    text = read_text(file)
    builder = _Builder(file, yaml.parse(text, Loader=_Parser))
    try:
        data = builder.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(filter(None, (error.context, error.problem)))
        problem = Problem(file, mark.line + 1 if mark else None, f"This is no YAML: {what}.", _INDENT)
        raise PackError([*builder.problems, problem]) from error
    except yaml.YAMLError as error:
        what = str(error).splitlines()[0]
        problem = Problem(file, None, f"This is no YAML: {what}.", "Remove the characters it names.")
        raise PackError([problem]) from error
    if builder.problems:
        raise PackError(builder.problems)
    return YamlDocument(file, data, builder.lines)


def packaged(package: str, name: str) -> Any:
    """The data of a YAML file that stands in a package of ours."""
    return yaml.load(files(package).joinpath(name).read_text("utf-8"), Loader=_Parser)


def read_bytes(file: Path) -> bytes:
    """The content of a file; PackError where it cannot be read or is too large."""
    try:
        with file.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PackError([Problem(file, None, f"This file cannot be read: {reason}.", "Make it readable.")]) from error
    if len(content) > MAX_BYTES:
        problem = Problem(file, None, f"This file is larger than {MAX_BYTES} bytes.", "Split it into several files.")
        raise PackError([problem])
    return content


def read_text(file: Path) -> str:
    """The text of a file; PackError where it cannot be read, is too large or no UTF-8."""
    content = read_bytes(file)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PackError([Problem(file, line, "This is not UTF-8.", "Save the file as UTF-8.")]) from error


@dataclass(slots=True)
class _Builder:
    """Builds plain data from a stream of events."""

    file: Path
    events: Iterator[yaml.Event]
    lines: dict[Trail, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def document(self) -> dict[str, Plain]:
        next(self.events)  # the start of the stream
        if isinstance(next(self.events), yaml.StreamEndEvent):
            raise self._refused(None, "This file is empty.", "Fill it with keys of the pack, or remove it.")
        event = next(self.events)
        data = self._value(event, ())
        if not isinstance(data, dict):
            raise self._refused(event, "The top of this file is no mapping.", "Begin with a key such as `questions:`.")
        next(self.events)  # the end of the document
        if not isinstance(event := next(self.events), yaml.StreamEndEvent):
            raise self._refused(event, "A second document begins here.", "Keep one document a file: remove `---`.")
        return data

    def _value(self, event: yaml.Event, trail: Trail) -> Plain:
        if len(trail) > MAX_DEPTH:
            raise self._refused(event, f"This is nested deeper than {MAX_DEPTH} levels.", "Check the brackets.")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._refused(event, "Anchors and aliases are not read.", _WRITE_OUT)
        tag = getattr(event, "tag", None)
        if tag is not None and not (isinstance(event, yaml.ScalarEvent) and tag in _TEXT_TAGS):
            raise self._refused(event, f"The tag {tag} is not read.", _WRITE_OUT)
        match event:
            case yaml.ScalarEvent():
                return _resolve(event.value) if event.implicit[0] else str(event.value)
            case yaml.SequenceStartEvent():
                return self._list(trail)
            case _:
                return self._mapping(trail)

    def _list(self, trail: Trail) -> list[Plain]:
        items: list[Plain] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            inner = (*trail, len(items))
            self.lines[inner] = _line(event)
            items.append(self._value(event, inner))
        return items

    def _mapping(self, trail: Trail) -> dict[str, Plain]:
        items: dict[str, Plain] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refused(event, "A key has to be plain text.", "Put a text with brackets in quotes.")
            key, inner, line = event.value, (*trail, event.value), _line(event)
            if key in items:
                first = f"It stands in line {self.lines[inner]} already: keep one of the two."
                self.problems.append(Problem(self.file, line, f"The key `{key}` stands here a second time.", first))
            else:
                self.lines[inner] = line
            items[key] = self._value(next(self.events), inner)
        return items

    def _refused(self, event: yaml.Event | None, message: str, hint: str) -> PackError:
        line = None if event is None else _line(event)
        return PackError([*self.problems, Problem(self.file, line, message, hint)])


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _resolve(text: str) -> Plain:
    """The value of a plain scalar by YAML 1.2's core schema, without octal, hexadecimal, infinity and NaN."""
    if text in _NULL:
        return None
    if text in _BOOL:
        return _BOOL[text]
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
