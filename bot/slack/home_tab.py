"""The Home tab: its view, and how it is published for one person."""

import logging

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.buttons import Block
from bot.slack.events import SLACK, thread_link
from bot.slack.modals import FORM, SlackView, button, label_text, shown_blocks
from bot.slack.web_api_errors import BAD_ANSWER, CALL_ERRORS, call_failure
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.views.home import History, home

log = logging.getLogger(__name__)

HOME = "home"
"""Slack's name of the tab."""


def home_view(advisor: Advisor, history: History | None) -> SlackView:
    """What the advisor is for, the person's newest recommendations, and the ways to begin."""
    catalogue = advisor.catalogue
    page = home(catalogue, advisor.pack, history)
    buttons: list[Block] = [
        button("start", label_text(catalogue, "home_start")) | {"style": "primary"},
        button(FORM, label_text(catalogue, "home_form")),
    ]
    if advisor.pack.lessons:
        buttons.append(button("learn", label_text(catalogue, "home_learn")))
    return {"type": "home", "blocks": [*shown_blocks(page), {"type": "actions", "elements": buttons}]}


async def publish_home(client: AsyncWebClient, service: Service, user: str, owner: str) -> None:
    """Publishes the Home tab of one person. `owner` is their workspace or organisation."""
    history = await service.history(SLACK, user, f"{SLACK}:{owner}", thread_link)
    try:
        await client.api_call("views.publish", json={"user_id": user, "view": home_view(service.advisor, history)})
    except (*CALL_ERRORS, *BAD_ANSWER) as error:
        log.warning("The Home tab could not be shown. %s", call_failure(error))
