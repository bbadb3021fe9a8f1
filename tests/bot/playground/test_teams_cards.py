"""The check of cards notices what Teams refuses or shows wrongly."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.playground.teams.activity_rules import CARD
from bot.playground.teams.activity_rules import problems as of_message
from bot.playground.teams.card_rules import LIMIT, problems

Json = dict[str, Any]


def good() -> Json:
    data = {"question": "data", "option": "yes", "revision": 3}
    action = {
        "type": "Action.Execute",
        "id": "answer:data:yes",
        "title": "Yes",
        "verb": "answer",
        "data": data,
        "fallback": {"type": "Action.Submit", "title": "Yes", "data": {"verb": "answer", **data}},
    }
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": "Question 1",
        "msteams": {"width": "Full"},
        "body": [
            {"type": "TextBlock", "text": "Question 1", "wrap": True, "style": "heading", "size": "Large"},
            {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "Do you?", "weight": "Bolder"}]},
            {"type": "ActionSet", "actions": [action]},
        ],
    }


def action_of(card: Json) -> Json:
    return card["body"][2]["actions"][0]


def test_a_good_card_has_no_problem() -> None:
    assert problems(good()) == []


FAULTS: dict[str, tuple[Callable[[Json], object], str]] = {
    "version missing": (lambda c: c.pop("version"), "needs version"),
    "version": (lambda c: c.update(version="1.6"), "version cannot be '1.6'"),
    "fallback text": (lambda c: c.pop("fallbackText"), "needs fallbackText"),
    "empty": (lambda c: c.update(body=[]), "needs body"),
    "unknown element": (lambda c: c["body"].append({"type": "Table"}), "must be one of"),
    "no element": (lambda c: c["body"].append("text"), "must be one of"),
    "unknown property": (lambda c: c["body"][0].update(colour="red"), "has no colour"),
    "no wrap": (lambda c: c["body"][0].pop("wrap"), "needs wrap"),
    "wrap off": (lambda c: c["body"][0].update(wrap=False), "wrap"),
    "no text": (lambda c: c["body"][0].update(text=""), "needs text"),
    "text": (lambda c: c["body"][0].update(text=7), "text is no string"),
    "size": (lambda c: c["body"][0].update(size="Huge"), "size cannot be 'Huge'"),
    "style": (lambda c: c["body"][0].update(style="title"), "style cannot be 'title'"),
    "no runs": (lambda c: c["body"][1].update(inlines=[]), "needs inlines"),
    "list": (lambda c: c["body"][2].update(actions={"a": 1}), "is no list"),
    "no verb": (lambda c: action_of(c).pop("verb"), "needs verb"),
    "empty verb": (lambda c: action_of(c).update(verb=""), "needs verb"),
    "no title": (lambda c: action_of(c).update(title=""), "needs title"),
    "data": (lambda c: action_of(c).update(data="text"), "data is no object"),
    "no fallback": (lambda c: action_of(c).pop("fallback"), "needs fallback"),
    "other fallback": (lambda c: action_of(c)["fallback"].update(type="Action.OpenUrl"), "must be an Action.Submit"),
    "fallback without verb": (lambda c: action_of(c)["fallback"]["data"].pop("verb"), "must repeat"),
    "mode": (lambda c: action_of(c).update(mode="hidden"), "mode cannot be 'hidden'"),
    "ids": (lambda c: c["body"][0].update(id="answer:data:yes"), "occurs 2 times"),
    "too many": (lambda c: c["body"][2].update(actions=[action_of(c) | {"id": str(n)} for n in range(7)]), "7 actions"),
    "size of all": (lambda c: c["body"][0].update(text="ü" * (LIMIT // 2)), "bytes, at most"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found_and_named(fault: str) -> None:
    spoil, said = FAULTS[fault]
    card = good()
    spoil(card)
    assert any(said in problem for problem in problems(card)), problems(card)


@pytest.mark.parametrize("card", [None, [], {}, {"type": "HeroCard"}])
def test_what_is_no_card(card: object) -> None:
    assert problems(card) == ["card: is no AdaptiveCard"]


def test_messages() -> None:
    attachment = {"contentType": CARD, "content": good()}
    assert of_message({"type": "message", "attachments": [attachment]}) == []
    assert of_message({"type": "message", "text": "hi"}) == []
    assert of_message({"type": "typing", "from": {"id": "bot"}}) == []
    assert of_message([]) == ["message: is no object"]
    assert of_message({"type": "typing", "text": "x"}) == ["message: type must be message"]
    assert of_message({"type": "message"}) == ["message: has neither text nor a card"]
    assert "several" in of_message({"type": "message", "attachments": [attachment] * 2})[0]
    assert "contentType" in of_message({"type": "message", "attachments": [{"contentType": "image/png"}]})[0]
    assert "at most" in of_message({"type": "message", "text": "x" * 21_000})[0]
