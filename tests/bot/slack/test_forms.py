"""The form, over the endpoint: what is shown, what is posted, what is refused."""

import copy
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from bot.playground.slack.limits import problems, view_problems
from bot.playground.slack.people import FORM as FORM_TYPE
from bot.playground.slack.people import HttpAnswer
from bot.slack.home_tab import home_view
from bot.slack.modals import FORM, TRIAGE_MESSAGE, form_modal, message_of, result_modal, triage_modal
from bot.storage.redis_retries import Storage
from dialogs.advisor import Advisor
from dialogs.conversation import IDEA_LIMIT
from dialogs.form_submission import Submission, judge_form, verdict_on_message
from dialogs.views.home import History, OwnIdeas, PastRecommendation
from tests.drivers.slack import Rig, _lines, user
from tests.faulty_platforms import ApiFault

ANA, BEN = user("ana"), user("ben")
MEDICAL = {"data": "yes", "volume": "low", "domain": "specialised", "budget": "flexible", "consistency": "predictable"}
IDEA = "Summaries of radiology reports for our clinic"


def shown(view: dict[str, Any]) -> str:
    return "\n".join(_lines([block for block in view["blocks"] if block["type"] != "input"]))


async def form(rig: Rig, who: str = ANA) -> dict[str, Any]:
    assert (await rig.settled(rig.people.shortcut(who, FORM))).status == 200
    return rig.workspace.modals[who]


async def test_the_result_replaces_the_form_and_is_posted_where_the_person_says(rig: Rig) -> None:
    """Also in a channel without the bot."""
    channel = rig.workspace.channel([ANA, BEN], with_bot=False)
    await form(rig)
    assert await rig.people.submit(ANA, {**MEDICAL, "idea": IDEA}) == {}
    result = shown(rig.workspace.modals[ANA])
    assert "Fine-tuning" in result
    assert rig.workspace.messages == []
    assert await rig.people.submit(ANA, {"where": channel.id}) == {}
    assert ANA not in rig.workspace.modals
    assert rig.visible(channel) == [result]


async def test_nothing_of_a_form_is_stored(rig: Rig, storage: Storage, key_prefix: str) -> None:
    await form(rig)
    await rig.people.submit(ANA, {**MEDICAL, "idea": "a secret of Initech"})
    message = rig.people.write(BEN, rig.workspace.channel([ANA, BEN]), "we have 40,000 examples")
    await rig.people.shortcut(ANA, TRIAGE_MESSAGE, message)
    await rig.settled(rig.people.open_home(ANA))
    assert await storage.command("KEYS", f"*{key_prefix}*") == []
    await rig.settled(rig.people.press_home(ANA, "start"))
    assert await storage.command("KEYS", f"*{key_prefix}*") != []


async def test_the_idea_is_never_markup(rig: Rig) -> None:
    channel = rig.workspace.channel([ANA])
    await form(rig)
    await rig.people.submit(ANA, {**MEDICAL, "idea": "<!channel> *bold* <https://evil.example|click> & co"})
    await rig.people.submit(ANA, {"where": channel.id})
    posted = json.dumps(rig.workspace.messages[-1].to_json())
    assert "<!channel>" not in posted
    assert "<https://evil" not in posted


def asked(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


async def test_what_is_missing_is_asked_until_it_is_enough(rig: Rig) -> None:
    await form(rig)
    assert await rig.people.submit(ANA, {"data": "yes", "idea": "a bot"}) == {}
    view = rig.workspace.modals[ANA]
    assert shown(view).startswith("*Not enough said yet*")
    assert list(view_problems(view)) == []
    assert asked(view) == ["volume", "domain", "budget", "consistency"]
    assert await rig.people.submit(ANA, {"volume": "low", "domain": "specialised", "budget": "flexible"}) == {}
    assert "a bot" in shown(rig.workspace.modals[ANA])
    assert asked(rig.workspace.modals[ANA]) == ["where"]


async def test_what_is_wrong_is_said_inside_the_form(rig: Rig) -> None:
    await form(rig)
    assert "answer a question" in (await rig.people.submit(ANA, {}))["idea"]
    errors = await rig.people.submit(ANA, {"data": "yes", "idea": "x" * (IDEA_LIMIT + 1)})
    assert set(errors) == {"idea"}
    assert "Up to 1000 characters" in errors["idea"]
    assert rig.workspace.modals[ANA]["callback_id"] == FORM


def changed(payload: dict[str, Any], change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    made = copy.deepcopy(payload)
    change(made)
    return made


def put(*path: str | int, value: Any) -> Callable[[dict[str, Any]], None]:
    def change(payload: dict[str, Any]) -> None:
        part: Any = payload
        for name in path[:-1]:
            part = part[name]
        part[path[-1]] = value

    return change


HOSTILE = {
    "nothing filled in": (put("view", "state", "values", value={}), 200, "errors"),
    "an option that is none": (
        put("view", "state", "values", "data", "data", value={"selected_option": {"value": "<!here>"}}), 200, "errors",
    ),
    "an option that is a list": (
        put("view", "state", "values", "data", value={"data": {"selected_option": {"value": [1]}}}), 200, "errors",
    ),
    "a field of another form": (put("view", "state", "values", "data", value=[7]), 200, "update"),
    "an idea that is a number": (put("view", "state", "values", "idea", value={"idea": {"value": 7}}), 200, "errors"),
    "10,000 characters": (
        put("view", "state", "values", "idea", value={"idea": {"value": "x" * 10_000}}), 200, "errors",
    ),
    "a foreign callback": (put("view", "callback_id", value="others"), 200, "update"),
    "no callback": (put("view", "callback_id", value=""), 200, "update"),
    "a result without a place": (put("view", "callback_id", value="advice_result"), 200, "errors"),
    "a result in no thread": (put("view", "callback_id", value="triage_result"), 200, "update"),
    "a state that is a list": (put("view", "state", value=[]), 400, ""),
    "values that are a list": (put("view", "state", "values", value=[]), 400, ""),
    "blocks that are none": (put("view", "blocks", value=[1, "x"]), 400, ""),
    "no view": (put("view", value=None), 400, ""),
    "nobody": (put("user", value={}), 400, ""),
    "a way to post that is none": (put("response_urls", value=[{"response_url": ""}]), 400, ""),
}  # fmt: skip


@pytest.mark.parametrize(("change", "status", "action"), HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_submission_gets_an_answer_that_people_can_read(
    rig: Rig, change: Callable[[dict[str, Any]], None], status: int, action: str
) -> None:
    await form(rig)
    payload = changed(rig.people.submission(ANA, {**MEDICAL, "idea": IDEA}), change)
    answer = await rig.people.send_payload(payload)
    assert answer.status == status
    said = json.loads(answer.text) if answer.text else {}
    assert said.get("response_action", "") == action
    if action == "update":
        assert list(view_problems(said["view"])) == []
        assert shown(said["view"])
    if action == "errors":
        assert all(text and "<" not in text for text in said["errors"].values())
    assert rig.workspace.messages == []


async def test_a_submission_that_nobody_signed(rig: Rig) -> None:
    await form(rig)
    body = urlencode({"payload": json.dumps(rig.people.submission(ANA, MEDICAL))}).encode()
    answer: HttpAnswer = await rig.people.send(body, FORM_TYPE, headers={"X-Slack-Signature": "v0=" + "0" * 64})
    assert answer.status == 401


async def test_a_result_that_cannot_be_posted_stays_and_says_so(rig: Rig) -> None:
    channel = rig.workspace.channel([ANA])
    await form(rig)
    await rig.people.submit(ANA, MEDICAL)
    result = shown(rig.workspace.modals[ANA])
    for _ in range(2):
        rig.api.faults.append(ApiFault("response_url", status=404, body="no"))
        await rig.people.submit(ANA, {"where": channel.id})
        assert shown(rig.workspace.modals[ANA]).endswith(result)
        assert shown(rig.workspace.modals[ANA]).count("could not post") == 1
    await rig.people.submit(ANA, {"where": channel.id})
    assert rig.visible(channel) == [result]


async def test_too_much_at_once_is_said(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.turns.service.Service.allows", lambda *_: False)
    await form(rig)
    assert "wait a minute" in shown(rig.workspace.modals[ANA])


async def test_a_failure_is_told_with_a_reference(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    await form(rig)

    def fails(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("bot.slack.forms.judge_form", fails)
    assert await rig.people.submit(ANA, MEDICAL) == {}
    assert "Reference:" in shown(rig.workspace.modals[ANA])


LONG = "We have 1,000 examples & <b>. " * 1500


def test_every_view_is_within_the_limits(advisor: Advisor) -> None:
    catalogue = advisor.catalogue
    verdict = advisor.pack.verdicts[0]
    found = tuple(PastRecommendation("<&>" * 20, verdict, 1_795_000_000 + n) for n in range(10))
    link = "https://slack.com/archives/C0123456789/p1700000001000200?thread_ts=1700000000.000100&cid=C0123456789"
    history = History(found, (OwnIdeas(200, (("<&>" * 20, link),) * 4, 1_795_000_000),) * 10)
    views = [form_modal(advisor), *(home_view(advisor, one) for one in (None, History(), history))]
    for idea in ("", IDEA, "&" * IDEA_LIMIT, "🙂" * IDEA_LIMIT):
        for answers in (MEDICAL, dict.fromkeys(MEDICAL, "unsure"), {**MEDICAL, "data": "no"}):
            view = judge_form(advisor, Submission(answers, idea), 0).view
            made = result_modal(catalogue, view)
            views.append(made)
            body = message_of(made["blocks"])
            assert list(problems(body)) == []
    for text in ("x", IDEA, LONG):
        target = {"channel": "C1", "thread": "1.1", "url": "https://hooks.slack.com/" + "x" * 200}
        views.append(triage_modal(catalogue, verdict_on_message(advisor, text, 0).view, target))
    for view in views:
        assert list(view_problems(view)) == []
