"""A sum says the same in Slack, in Teams and in the terminal, and fits on both platforms."""

import json

import pytest

from bot.playground.slack.limits import problems as slack_problems
from bot.playground.teams.card_rules import problems as teams_problems
from bot.slack.blocks import render_message as slack
from bot.teams.cards import render_message as teams
from bot.terminal.text import Screen, render_text
from dialogs.advisor import Advisor
from dialogs.commands.command import Command, Kind
from dialogs.views import lay_out
from tests.dialogs.talk import Talk
from tests.drivers.slack import read as read_slack
from tests.drivers.teams import read as read_teams

CALL = "calls=12000/day; tokens_in=1800; tokens_out=300"
SUMS = {
    CALL: "118.80 USD a month",
    f"{CALL}; saved=1500; trained=5M; hosting=20 USD/month; months=24; claim=5 USD": "The tuned model over 24 months",
    f"{CALL}; saved=0; training=5 USD": "never",
    "calls=0/day": "Which is it?",
    "sum=12 x 30 = 360": "Yes, that comes to 360.",
}


@pytest.mark.parametrize("value", SUMS)
def test_a_sum_on_every_channel(advisor: Advisor, value: str) -> None:
    talk = Talk(advisor).do(Command(Kind.CALCULATE, value=value))
    view = lay_out(advisor, talk.turn.card or talk.turn.below, 1)
    body, card = slack(view, data_tables=True), json.loads(teams(view).card)
    assert not list(slack_problems({"text": body.text, "blocks": json.loads(json.dumps(body.blocks))}))
    assert teams_problems(card) == []
    on_slack = read_slack(type("Content", (), {"blocks": list(body.blocks), "text": body.text})())
    for said in (on_slack, read_teams(card), render_text(view, Screen())):
        assert SUMS[value] in " ".join(said.replace("*", "").split())
    assert ("sum:0" in json.dumps(body.blocks)) is ('"sum"' in json.dumps(card)) is value.startswith(CALL)
