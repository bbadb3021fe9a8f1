"""What a language model is asked about a line: the fixed part first, then where the talk stands, as data, and the line.

It holds no id, no name of a person and no other line. Titles stand in it only where the line refers to ideas.
"""

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

from dialogs.advisor import Advisor
from dialogs.commands.command import ALL, LIKE, NONE, OWN_NAME, Command, Kind
from dialogs.conversation import Conversation
from dialogs.executor.targets import in_focus, long_words
from dialogs.flows.board_position import board_of
from dialogs.redaction import without_addresses
from dialogs.understanding.mentions import mentions
from dialogs.understanding.parts import place_of
from dialogs.understanding.references import references
from dialogs.undo import removed_ideas
from knowledge.pack import Pack
from knowledge.typed_answers.word_parser import fold
from knowledge.yaml_document import packaged

_MOST_LISTED = 50
"""Ideas of the list that are named."""

_LAST = 3
"""Messages whose changes are told."""


class Request(NamedTuple):
    """The messages of a request, and the JSON Schema of its answer. `line` is the text as it is sent."""

    messages: tuple[Mapping[str, str], ...]
    schema: Mapping[str, Any]
    line: str


class Requests:
    """What the model is asked. The part that is the same for every line is built once."""

    def __init__(self, advisor: Advisor) -> None:
        self._advisor = advisor
        self._fixed, self._schema = _fixed(advisor.pack), schema_for(advisor.pack)

    def about(self, conversation: Conversation, text: str) -> Request:
        """The request for a text that is typed here."""
        line = without_addresses(text)
        asked = {"context": context_of(self._advisor, conversation, text), "line": line}
        messages = ({"role": "system", "content": self._fixed}, {"role": "user", "content": as_json(asked)})
        return Request(messages, self._schema, line)


def context_of(advisor: Advisor, conversation: Conversation, text: str) -> dict[str, object]:
    """Where the talk stands. What says nothing is left out."""
    flows, board, focus = advisor.flows, board_of(conversation), in_focus(advisor, conversation)
    prompt, proposed = flows.open_prompt(conversation), conversation.confirm
    collecting = flows.current(conversation) is flows.intake
    refers = bool(references(advisor, conversation, text) or mentions(advisor, board, text))
    idea = None if focus is None else focus.idea
    sums, just_now = dict(conversation.focus.sums), conversation.last == Kind.CALCULATE
    about = [*sums][-1] if sums and just_now else 0 if idea is None else idea.number
    entries = {entry.id: entry.title for entry in advisor.pack.entries}
    told: dict[str, object] = {
        "place": "collecting a list" if collecting else place_of(advisor, conversation, text).where,
        "asked": "" if prompt is None else prompt.id,
        "options": {} if prompt is None else {option.id: option.label for option in prompt.options},
        "sum": sums.get(about, ""),
        "number_asked": conversation.focus.wanted,
        "proposed": {} if proposed is None else {"question": proposed.question, "option": proposed.option},
        "offered": [" and ".join(map(_bare, offer.commands)) for offer in conversation.focus.offers]
        + [entries[each] for each in conversation.offered if each in entries],
        "answered": [entries[each] for each in conversation.answered if each in entries],
        "last": conversation.last,
        "texts": [_text(each, text) for each in conversation.focus.texts],
        "wrote": [change.part for written in conversation.written[-_LAST:] for change in written.changes],
        "focus": "" if focus is None else "own" if idea is None else str(idea.number),
        "answers": conversation.chosen if idea is None else idea.chosen,
        "list": [
            {"number": str(each.number), **({"title": without_addresses(each.title)} if refers else {})}
            for each in board.shown[:_MOST_LISTED]
        ],
        "removed": [
            {"number": str(each.number)}
            | ({"title": without_addresses(each.title)} if _has_word_of(each.title, text) else {})
            for each in removed_ideas(conversation)
        ],
    }
    return {name: value for name, value in told.items() if value}


def schema_for(pack: Pack) -> dict[str, Any]:
    """`commands.json` with the questions and options of a pack."""
    schema: dict[str, Any] = json.loads(files("dialogs.commands").joinpath("commands.json").read_text("utf-8"))
    fields = schema["properties"]["commands"]["items"]["properties"]
    fields["question"]["enum"] = [*pack.question_of, ALL, NONE]
    fields["option"]["enum"] = [*dict.fromkeys(o.id for q in pack.questions for o in q.options), LIKE, NONE]
    for part in (schema, *fields.values()):
        part.pop("$comment", None)
    return schema


@lru_cache(maxsize=1)
def forms() -> Mapping[Kind, tuple[str, ...]]:
    """The forms of each kind of command, as the prompt names them."""
    return {Kind(kind): tuple(given.get("what", (NONE,))) for kind, given in _prompt()["commands"].items()}


@lru_cache(maxsize=1)
def _prompt() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = packaged("dialogs.understanding.model", "prompt.yaml")
    return loaded


def _fixed(pack: Pack) -> str:
    """The part of the prompt that is the same for every line."""
    given = _prompt()
    commands = (
        f"{kind}{' [' + ' | '.join(each['what']) + ']' if 'what' in each else ''}: {each['says']}."
        for kind, each in given["commands"].items()
    )
    shown = (
        as_json({"context": each["context"], "line": each["line"]})
        + "\n"
        + as_json({"commands": [_whole(command) for command in each["commands"]]})
        for each in given["examples"]
        if all(_is_of(pack, command) for command in each["commands"])
    )
    parts = (
        given["task"].format(subject=pack.subject, shape=as_json(_whole({"command": "..."}))) + given["fields"],
        _titled("Commands, with the forms that stand in `what`", commands),
        _titled("Questions", (_question(pack, question) for question in pack.question_of)),
        _titled("Pages, for `ask`", (f"{entry.id}: {entry.title}" for entry in pack.entries)),
        _titled("Rules", (given["rules"],)),
        _titled("Examples, each with its answer", shown),
    )
    return "\n\n".join(part.strip() for part in parts)


def pages_in(pack: Pack, value: str) -> tuple[str, ...]:
    """The pages whose ids a value consists of; none for other text."""
    known = {entry.id for entry in pack.entries}
    named = tuple(value.replace(",", " ").split())
    return named if known.issuperset(named) else ()


def _titled(title: str, lines: Iterable[str]) -> str:
    return "\n".join((f"# {title}", *lines))


def _question(pack: Pack, name: str) -> str:
    question = pack.question(name)
    options = "; ".join(f"{o.id} = {o.label}{f' ({o.covers})' if o.covers else ''}" for o in question.options)
    return f"{question.id}: {question.prompt} {options}. {question.meaning or ''}".rstrip()


def _whole(fields: Mapping[str, object]) -> dict[str, object]:
    """All eight fields of a command."""
    return {**Command(Kind.SET).as_json(), **fields}


def _bare(command: Command) -> str:
    """What an offer does, without words and numbers of a person."""
    return " ".join(each for each in (command.name, command.question, command.option) if each != NONE)


def _text(written: Command, line: str) -> dict[str, object]:
    """A text to take away, without what it says; for whom it is, only where the line names them."""
    whom = written.parameters().get("for", "")
    told = {"form": written.what, "ideas": list(written.ideas), "for": whom if _has_word_of(whom, line) else ""}
    return {name: value for name, value in told.items() if value and value != [OWN_NAME]}


def _has_word_of(name: str, line: str) -> bool:
    """Whether a line has a name, or a word of it that is not short."""
    return not {*long_words(name)}.isdisjoint(fold(line)) or (name != "" and name in line)


def _is_of(pack: Pack, command: Mapping[str, str]) -> bool:
    if command["command"] == Kind.ASK and not pages_in(pack, command["value"]):
        return False
    question = command.get("question", NONE)
    return question == NONE or pack.has_option(question, command.get("option", "unsure"))


def as_json(value: object) -> str:
    """A value as compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
