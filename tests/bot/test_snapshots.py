"""Each kind of card as each channel sends it, as before: the first of its kind in the recorded conversations."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.slack import payloads
from bot.slack.blocks import render_message as slack
from bot.teams import activities
from bot.teams.cards import render_message as teams
from bot.terminal.text import Screen, render_text
from dialogs.catalogue import load
from dialogs.view import View
from tests.dialogs.talk import Talk
from tests.dialogs.test_snapshots import SCRIPTS, script
from tests.shipped import shipped
from tests.snapshots import check

FOLDER = Path(__file__).parent / "snapshots"


def cards(name: str) -> Iterator[tuple[str, View]]:
    """The first card of each make-up in a conversation."""
    talk, seen = Talk(shipped()), set[str]()
    for step in script(SCRIPTS[name]):
        if step.press is not None:
            talk.press(step.press)
        else:
            talk.say(step.say or "")
        kind = " ".join(type(reply).__name__ for reply in talk.turn.card)
        if talk.view is not None and kind and kind not in seen:
            seen.add(kind)
            yield kind, talk.view


def told(view: View) -> Iterator[str]:
    for tables in (False, True):
        body = slack(view, tables)
        yield f"slack: {body.text}"
        yield from (json.dumps(block, ensure_ascii=False) for block in body.blocks)
    message = teams(view, load().in_channel("mention_hint"))
    yield f"teams: {message.summary} {message.text} {message.feedback}"
    yield from (json.dumps(block, ensure_ascii=False) for block in json.loads(message.card)["body"])
    yield f"terminal: {render_text(view, Screen(60, colour=True))!r}"


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_cards_of_a_conversation_are_sent_as_before(name: str) -> None:
    lines = (line for kind, view in cards(name) for line in (f"# {kind}", *told(view)))
    check(FOLDER / f"{name}.txt", "\n".join(lines) + "\n")


MODELS = {"slack": payloads, "teams": activities}


@pytest.mark.parametrize("channel", MODELS)
def test_the_events_of_a_platform_are_checked_for_the_same_as_before(channel: str) -> None:
    module = MODELS[channel]
    models = [model for model in vars(module).values() if isinstance(model, type) and issubclass(model, BaseModel)]
    schemas = {model.__name__: model.model_json_schema() for model in models if model.__module__ == module.__name__}
    lines = [f"{name}: {json.dumps(schema)}\n" for name, schema in sorted(schemas.items())]
    check(FOLDER / f"events-{channel}.txt", "".join(lines))
