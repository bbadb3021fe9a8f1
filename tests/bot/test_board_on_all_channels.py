"""A board says the same in Slack, in Teams, in the terminal and as CSV, and fits on both platforms."""

import csv
import io
import json
import re

import pytest

from bot.playground.slack.limits import problems as slack_problems
from bot.playground.teams.card_rules import problems as teams_problems
from bot.slack.blocks import render_message as slack
from bot.teams.cards import MAX_CARD
from bot.teams.cards import render_message as teams
from bot.terminal.text import Screen, render_text
from dialogs.advisor import Advisor
from dialogs.answer import Answer, AnswerMethod
from dialogs.ideas.board import Board, Idea, Judge
from dialogs.ideas.board_list import PAGE
from dialogs.replies.ideas import IdeaList
from dialogs.view import View
from dialogs.views import lay_out
from tests.dialogs.talk import NOON, Talk
from tests.drivers.slack import read as read_slack
from tests.drivers.teams import read as read_teams

WIDE = "日本語の要約を作る " * 30
QUOTES = "“a < b & c” " * 25
LONG = ("summaries of reports for the board of directors, each in the same format " * 5)[:300]


LINK = "https://teams.microsoft.com/l/message/19%3A0123456789abcdef0123456789abcdef%40thread.tacv2/1764000000000"
"""As long as they get; where it leads makes no difference here."""


def board(advisor: Advisor, count: int, text: str, decided: int) -> Board:
    """Of `count` ideas, each with this text behind its number, so many with a verdict."""
    questions = advisor.pack.questions
    ideas = []
    for number in range(1, count + 1):
        options = {q.id: q.options[number % 2].id for q in questions[: 3 if number <= decided else number % 2]}
        if number > decided and options.get("data") == "no":
            options = {}
        answers = {q: Answer(option=o, how=AnswerMethod.BUTTON, by="ana", at=NOON) for q, o in options.items()}
        told = f"{number} {text}"[:300]
        title = told if len(told) <= 60 else told[:59] + "…"
        ideas.append(
            Idea(number=number, id=f"i{number}", title=title, text=told, by="ana", at=NOON, answers=answers, link=LINK)
        )
    return Board(ideas=tuple(ideas), next=count + 1)


def talk(advisor: Advisor, count: int, text: str, decided: int) -> Talk:
    found = Talk(advisor)
    found.conversation = found.conversation.replace(board=board(advisor, count, text, decided))
    return found


def shown(view: View) -> dict[str, str]:
    """What a view says on each channel, without line breaks and emphasis."""
    body, card = slack(view, data_tables=True), json.loads(teams(view).card)
    read = {
        "slack": read_slack(type("Content", (), {"blocks": list(body.blocks), "text": body.text})()),
        "teams": read_teams(card),
        "terminal": render_text(view, Screen()),
    }
    return {name: re.sub(r"[*_]", "", " ".join(text.split())) for name, text in read.items()}


@pytest.mark.parametrize("decided", [0, 50, 100])
@pytest.mark.parametrize("text", [LONG, WIDE, QUOTES], ids=["long", "wide", "quotes"])
def test_a_hundred_long_ideas_fit_whole(advisor: Advisor, text: str, decided: int) -> None:
    person = talk(advisor, 100, text, decided)
    person.say("ideas")
    for step in ("more", "more", "more", "more", "more", "more", "more", "more", "guide", "back", "idea:1", "idea:100"):
        view = person.view
        body, card = slack(view), teams(view).card
        for tables in (False, True):
            blocks = slack(view, tables).blocks
            assert not list(slack_problems({"text": body.text, "blocks": json.loads(json.dumps(blocks))}))
        assert teams_problems(json.loads(card)) == []
        assert len(card.encode()) <= MAX_CARD
        rows = getattr(person.turn.card[-1], "rows", ())
        if text is LONG and isinstance(person.turn.card[-1], IdeaList):
            assert card.count(LINK) == len(rows), step
            assert json.dumps(body.blocks).count(LINK) in (0, len(rows)), "links go first where Slack's room is short"
        for on_channel in shown(view).values():
            assert all(f"{row.number}. {row.number}" in on_channel for row in rows), step
        person.press(step)
    person.say("compare 1, 2, 3 and 100")
    assert teams_problems(json.loads(teams(person.view).card)) == []


@pytest.mark.parametrize("count", [3, 12, 50])
def test_every_channel_and_the_file_say_the_same(advisor: Advisor, count: int) -> None:
    person = talk(advisor, count, "a bot for the shop", count // 2)
    judge, pack = Judge(advisor.knowledge.judgements), advisor.pack
    person.say("export")
    texts = [lay_out(advisor, (reply,), 1).elements[1].text for reply in person.turn.below]
    file = {row["number"]: row for text in texts for row in csv.DictReader(io.StringIO(text))}
    assert len(file) == count
    person.say("ideas")
    for _ in range(-(-count // PAGE)):
        listed = len(person.turn.card[-1].rows)
        assert teams(person.view).card.count(LINK) == json.dumps(slack(person.view).blocks).count(LINK) == listed
        for channel, said in shown(person.view).items():
            for row in person.turn.card[-1].rows:
                assert judge.row(row.idea) == row
                in_file = file[str(row.number)]
                assert f"{row.number}. {row.idea.title}" in said
                assert in_file["link"] == row.idea.link == LINK
                line = said.partition(f"{row.number}. {row.idea.title}")[2][:160]
                if row.verdict is None:
                    assert in_file["verdict"] == ""
                    assert pack.question(in_file["ask"]).name.lower() in line.lower(), channel
                else:
                    assert in_file["verdict"] == row.verdict.id
                    assert row.verdict.name in line, channel
        person.say("more")
