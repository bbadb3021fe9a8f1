"""Whatever a view holds: the message stays within Slack's limits, and no text in it becomes anything but text."""

import json
import re
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings

from bot.playground.slack.limits import problems
from bot.slack.blocks import body
from dialogs.view import View
from tests.bot.slack.views import views

MENTION = re.compile(r"<@[UW][A-Z0-9]+>")
FORMATTING = re.compile(r"[~`]|:\w+:|(^|\n)\s*&gt;")


def text_objects(part: object) -> Iterator[dict]:
    if isinstance(part, list | tuple):
        for item in part:
            yield from text_objects(item)
    elif isinstance(part, dict):
        if part.get("type") in ("mrkdwn", "plain_text", "raw_text"):
            yield part
        for value in part.values():
            yield from text_objects(value)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(views)
def test_every_body_is_within_the_limits_and_inert(view: View) -> None:
    made = body(view)

    assert not list(problems({"text": made.text, "blocks": json.loads(json.dumps(made.blocks))}))
    shown = [found["text"] for found in text_objects(made.blocks)]
    for text in (made.text, *shown):
        assert not re.search("[<>]", MENTION.sub("", text))
        assert not re.search("&(?!amp;|lt;|gt;)", text)
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", text)
    for found in text_objects(made.blocks):
        if found["type"] == "mrkdwn":
            assert found["verbatim"] is True
            assert not FORMATTING.search(found["text"])
