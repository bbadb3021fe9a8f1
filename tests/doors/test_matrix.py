"""Ten ideas through every door: the same verdict, strength and case; where only a text comes in, what triage says.

The doors that ask are played over their endpoints. What they show is read as a person reads it.
"""

import csv
import html
import io
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from bot.batch import jsonl
from bot.batch.csv_columns import Columns
from bot.batch.csv_reader import CsvFormat, open_text, read_rows
from bot.batch.csv_triage import triage_rows
from bot.mcp.tools import call, definitions
from bot.playground.slack.people import NoSuchButton
from bot.slack.modals import FORM, TRIAGE_MESSAGE
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.flows.replay import recommend
from dialogs.form_submission import verdict_on_message
from dialogs.view import Drawing, Items, View, line_text
from dialogs.views.plain_text import plain
from dialogs.views.result_elements import verdict_line
from knowledge import decision
from tests.bot.teams.world import ANA as TEAMS_ANA
from tests.bot.teams.world import CHANNEL, local
from tests.bot.teams.world import NOON as TEAMS_NOON
from tests.dialogs.views.recommended import finished
from tests.drivers import Driver, opener
from tests.drivers.slack import SlackDriver, _lines, opened, user
from tests.drivers.teams import read
from tests.shipped import DAY, shipped
from tests.thinned import one_in

ANA = user("ana")

IDEAS = {
    "support": "A support chatbot for our web shop. We have 20,000 old tickets, questions about orders and returns.",
    "radiology": "Summaries of radiology reports for our clinic. We have thousands of labelled reports.",
    "discharge": "Drafting discharge letters for a hospital from medical records, always in the same structure.",
    "sales": "Personalised sales emails to leads, 50,000 a day. We have past emails with their replies.",
    "no data": "A support chatbot for customers of our shop. We have no data at all.",
    "small": "A chatbot that answers customers' questions about orders. The budget is limited.",
    "exact": "Coding of medical diagnoses, the output must be exactly the same each time.",
    "outreach": "Outreach emails for the sales team to prospects, thousands every day.",
    "helpdesk": "A help desk bot for customer support, answers may vary in style.",
    "clinical": "Extracting findings from clinical notes at a hospital. We have 8,000 annotated notes.",
}
FILLING = {
    "support": ("yes", "low", "general", "limited", "tolerant"),
    "radiology": ("yes", "low", "specialised", "flexible", "predictable"),
    "discharge": ("unsure", "low", "specialised", "flexible", "predictable"),
    "sales": ("yes", "high", "general", "unsure", "tolerant"),
    "no data": ("no", "high", "specialised", "flexible", "predictable"),
    "small": ("yes", "high", "general", "limited", "tolerant"),
    "exact": ("yes", "high", "specialised", "limited", "predictable"),
    "outreach": ("yes", "high", "general", "flexible", "predictable"),
    "helpdesk": ("unsure", "unsure", "unsure", "unsure", "unsure"),
    "clinical": ("yes", "unsure", "specialised", "unsure", "unsure"),
}
"""What is answered where the idea's text does not answer it, in the questions' order."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a door shows: the verdict's name, how many answers there are for it and what decides, the case's name."""

    verdict: str
    why: str
    scenario: str


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea with all its answers, and what has to come of it."""

    name: str
    text: str
    answers: Mapping[str, str]

    @classmethod
    def of(cls, name: str) -> "Idea":
        """Answers that are read from the text stand, so that a conversation gets no others."""
        knowledge = shipped().knowledge
        read_from_it = {q: reading.option for q, reading in knowledge.reader.read(IDEAS[name]).items()}
        filling = {q.id: option for q, option in zip(knowledge.pack.questions, FILLING[name], strict=True)}
        return cls(name, IDEAS[name], {**filling, **read_from_it})

    @property
    def decided(self) -> decision.Decided:
        return decision.decide(shipped().pack, self.answers)

    @property
    def outcome(self) -> Outcome:
        advisor = shipped()
        scenario = advisor.knowledge.matcher.scenario(self.text).id
        assert scenario is not None, f"{self.name}: choose an idea that is close to a case"
        result = recommend(advisor.knowledge, finished(advisor.pack, dict(self.answers)), int(TEAMS_NOON.timestamp()))
        name, _, why = line_text(verdict_line(advisor.catalogue, result)).partition(" · ")
        return Outcome(name, why, advisor.pack.scenario(scenario).name)


def outcome_in(text: str) -> Outcome:
    """What a text shows, the last verdict of it."""
    pack = shipped().pack
    names = "|".join(re.escape(verdict.name) for verdict in pack.verdicts)
    found = list(re.finditer(rf"({names})\W*? · (.+)", text))
    assert found, text
    result = text[found[-1].start() :]
    scenarios = [scenario.name for scenario in pack.scenarios if scenario.name in result]
    return Outcome(found[-1][1], found[-1][2].replace("*", ""), " ".join(scenarios))


async def answered(driver: Driver, said: str, idea: Idea) -> str:
    """Presses an answer for each question that is asked, until there is a result; what was shown last."""
    for question, option in idea.answers.items():
        for button in (f"answer:{question}:{option}", f"confirm:{question}:{option}"):
            try:
                said = await driver.press("ana", button)
            except (LookupError, NoSuchButton):
                continue
            break
    return said


def asking(channel: str) -> Callable[[Service, Idea], Awaitable[Outcome]]:
    async def through(service: Service, idea: Idea) -> Outcome:
        async with opener(channel)(service) as driver:
            return outcome_in(await answered(driver, await driver.say("ana", idea.text), idea))

    return through


async def slash(service: Service, idea: Idea) -> Outcome:
    async with opened(service) as rig:
        channel = rig.workspace.channel([ANA], with_bot=False)
        assert (await rig.people.command(ANA, channel, idea.text)).status == 200
        driver = SlackDriver(rig, rig.workspace.direct(ANA))
        await rig.settled()
        said = "\n".join(rig.visible(rig.workspace.direct(ANA)))
        return outcome_in(await answered(driver, said, idea))


async def modal(service: Service, idea: Idea) -> Outcome:
    async with opened(service) as rig:
        await rig.people.shortcut(ANA, FORM)
        await rig.settled()
        assert await rig.people.submit(ANA, {**idea.answers, "idea": idea.text}) == {}
        return outcome_in(shown(rig.workspace.modals[ANA]))


async def dialog(service: Service, idea: Idea) -> Outcome:
    async with local(service, CHANNEL) as world:
        data = {"dialog": "advice_form", "step": "decide", **idea.answers, "idea": idea.text}
        _, body = await world.people.invoke(TEAMS_ANA, "task/submit", {"data": data})
        return outcome_in(read(body["task"]["value"]["card"]["content"]))


DOORS = {
    "Slack mention": asking("slack channel"),
    "Slack direct message": asking("slack direct message"),
    "Slack slash command": slash,
    "Slack modal": modal,
    "Teams mention": asking("teams channel"),
    "Teams personal": asking("teams personal"),
    "Teams dialog": dialog,
    "terminal": asking("terminal"),
}
"""Where people give a text and answers."""


@pytest.fixture
def advisor() -> Advisor:
    return shipped()


@pytest.fixture
def service(advisor: Advisor, stores: Any) -> Service:
    return Service(advisor, stores, now=TEAMS_NOON.timestamp)


@pytest.mark.parametrize(("door", "name"), one_in(3, DOORS, IDEAS))
async def test_every_door_that_asks_comes_to_the_same(service: Service, door: str, name: str) -> None:
    idea = Idea.of(name)
    assert await DOORS[door](service, idea) == idea.outcome


def test_so_does_the_csv() -> None:
    advisor, ideas = shipped(), [Idea.of(name) for name in IDEAS]
    source = io.StringIO()
    writer = csv.writer(source)
    questions = [question.id for question in advisor.pack.questions]
    writer.writerow(["text", *questions])
    writer.writerows([idea.text, *(idea.answers[question] for question in questions)] for idea in ideas)
    table = read_rows(open_text(io.BytesIO(source.getvalue().encode()), CsvFormat("utf-8", ",", "\n")), ",")
    header = next(table)
    columns = Columns.of(header.cells, advisor.pack.questions)
    for idea, row in zip(ideas, triage_rows(advisor.knowledge, columns, table), strict=True):
        found = {name: row.cells[at] for name, at in columns.added.items()}
        assert (found["verdict"], found["strength"]) == (idea.decided.verdict, f"{idea.decided.strength:.2f}")
        assert advisor.pack.scenario(found["scenario"]).name == idea.outcome.scenario


@pytest.mark.parametrize("name", IDEAS)
async def test_so_does_decide_over_mcp(advisor: Advisor, name: str) -> None:
    idea = Idea.of(name)
    tools = definitions(advisor, lambda: DAY)
    found = await call(tools, advisor.catalogue, "decide", dict(idea.answers))
    known = sum(option != "unsure" for option in idea.answers.values())
    if known >= 2 or found["verdict"] is not None:
        assert (found["verdict"], found["strength"]) == (idea.decided.verdict, round(idea.decided.strength, 4))


def shown(view: Mapping[str, Any]) -> str:
    return html.unescape("\n".join(_lines([block for block in view["blocks"] if block["type"] != "input"])))


def seen(view: View) -> str:
    """As it is looked at: a drawing instead of its words."""
    drawn = [Items(each.lines, plain=True) if isinstance(each, Drawing) else each for each in view.elements]
    return plain(View(tuple(drawn)))


def bare(text: str) -> str:
    """Without what a channel adds for its looks."""
    return re.sub(r"[\W_]+", "", text)


async def shortcut(service: Service, text: str) -> str:
    async with opened(service) as rig:
        message = rig.people.write(ANA, rig.workspace.channel([ANA], with_bot=False), text)
        await rig.people.shortcut(ANA, TRIAGE_MESSAGE, message)
        await rig.settled()
        return shown(rig.workspace.modals[ANA])


async def message_extension(service: Service, text: str) -> str:
    async with local(service, CHANNEL) as world:
        payload = {"body": {"contentType": "html", "content": f"<p>{html.escape(text)}</p>"}}
        value = {"commandId": TRIAGE_MESSAGE, "messagePayload": payload}
        _, body = await world.people.invoke(TEAMS_ANA, "composeExtension/fetchTask", value)
        card = body["task"]["value"]["card"]["content"]
        return read(
            {"body": [block for block in card["body"] if not block["type"].startswith(("ActionSet", "Input."))]}
        )


TEXT_DOORS = {"Slack shortcut": shortcut, "Teams message extension": message_extension}
"""Where people give a text alone."""


@pytest.mark.parametrize(("door", "name"), one_in(3, TEXT_DOORS, IDEAS))
async def test_a_text_alone_comes_to_what_triage_says(service: Service, door: str, name: str) -> None:
    said = await TEXT_DOORS[door](service, IDEAS[name])
    assert bare(said) == bare(seen(verdict_on_message(shipped(), IDEAS[name], int(TEAMS_NOON.timestamp())).view))


async def test_so_does_triage_over_mcp(advisor: Advisor) -> None:
    tools = definitions(advisor, lambda: DAY)
    found = await call(tools, advisor.catalogue, "triage", {"ideas": list(IDEAS.values())})
    assert found["result"] == [jsonl.triage_idea(advisor.knowledge, {"text": text}, DAY) for text in IDEAS.values()]
