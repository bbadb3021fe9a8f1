"""Cards of dialogs and of the message extension. Pure."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import Any

from bot.teams.cards import CardBlock, render_message
from bot.teams.interfaces import CARD_TYPE
from bot.teams.markdown import inert, lookalike
from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.conversation import IDEA_LIMIT
from dialogs.form_submission import IDEA, Judged
from dialogs.view import View, line_text
from dialogs.views.plain_text import plain
from knowledge.pack import Question

FORM = "advice_form"
"""The dialog, and the command of the message extension that opens it."""

TRIAGE_MESSAGE = "triage_message"
"""The command of the message extension that is used on a message."""

ASK = "ask"
"""The command of the message extension that searches."""

DIALOG, STEP, DECIDE, POST, TEXT = "dialog", "step", "decide", "post", "text"
"""What a dialog's button sends besides the inputs: which dialog, and what the button does; the text of a message."""

MAX_PREVIEW = 120

Object = dict[str, Any]

_LINE_END = re.compile(r"</?(?:p|div|br|li|tr|h[1-3]|blockquote|ul|ol|pre)\b[^<>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]*>")


def opening_card(catalogue: Catalogue) -> CardBlock:
    """A message with a button that opens the form."""
    button = {
        "type": "Action.Submit",
        "title": _said(catalogue, "form_title"),
        "data": {"msteams": {"type": "task/fetch"}, DIALOG: FORM},
    }
    return _card([_text(_said(catalogue, "form_opening"))], button)


def form_card(
    advisor: Advisor, given: Mapping[str, object] | None = None, errors: Mapping[str, str] | None = None
) -> CardBlock:
    """The idea and all questions. `given` was filled in before, `errors` is what was wrong with it."""
    catalogue, filled = advisor.catalogue, given or {}
    names = {question.id: question.name for question in advisor.pack.questions}
    wrong = [
        _text(f"{names.get(field, _said(catalogue, 'form_idea'))}: {error}") | {"weight": "Bolder"}
        for field, error in (errors or {}).items()
    ]
    idea: CardBlock = {
        "type": "Input.Text",
        "id": IDEA,
        "label": _said(catalogue, "form_idea"),
        "placeholder": _said(catalogue, "form_idea_hint"),
        "isMultiline": True,
        "maxLength": IDEA_LIMIT,
    }
    if isinstance(filled.get(IDEA), str):
        idea["value"] = str(filled[IDEA])[:IDEA_LIMIT]
    button = _submit(_said(catalogue, "form_submit"), {DIALOG: FORM, STEP: DECIDE})
    return _card([*wrong, idea, *_question_inputs(advisor.pack.questions, filled)], button)


def missing_card(catalogue: Catalogue, judged: Judged) -> CardBlock:
    """What is known of an idea, and the questions that are missing."""
    known = {DIALOG: FORM, STEP: DECIDE, **judged.form.answers, IDEA: judged.form.idea}
    button = _submit(_said(catalogue, "form_submit"), known)
    lead = json.loads(render_message(judged.view).card)["body"]
    return _card([*lead, *_question_inputs(judged.ask, {})], button)


def _question_inputs(asked: Iterable[Question], filled: Mapping[str, object]) -> list[CardBlock]:
    """Each input is named after its question, and may be left out."""
    questions: list[CardBlock] = []
    for question in asked:
        known = {option.id for option in question.options}
        value = {"value": filled[question.id]} if filled.get(question.id) in known else {}
        questions.append(
            {
                "type": "Input.ChoiceSet",
                "id": question.id,
                "label": question.prompt,
                "style": "expanded",
                "wrap": True,
                "choices": [{"title": option.label, "value": option.id} for option in question.options],
                **value,
            }
        )
    return questions


def result_card(view: View, label: str, data: Mapping[str, object]) -> CardBlock:
    """A result, with a button that posts it; `data` is what the button sends, from which it is worked out again."""
    card: CardBlock = json.loads(render_message(view).card)
    return {**card, "body": [*card["body"], _actions(_submit(label, {STEP: POST, **data}))]}


def dialog(title: str, card: CardBlock) -> Object:
    value = {"title": title, "width": "medium", "height": "large", "card": {"contentType": CARD_TYPE, "content": card}}
    return {"task": {"type": "continue", "value": value}}


def dialog_text(text: str) -> Object:
    return {"task": {"type": "message", "value": text}}


def found(entries: Sequence[tuple[str, View]]) -> Object:
    """The answer of the message extension: a list of titles, each with the card that is inserted for it."""
    attachments = [attachment(title, view) for title, view in entries]
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": attachments}}


def found_nothing(text: str) -> Object:
    """The answer of the message extension where there is nothing to insert."""
    return {"composeExtension": {"type": "message", "text": text}}


def attachment(title: str, view: View) -> Object:
    """A card for the compose box, and how it is listed."""
    lines = [line for line in plain(view).splitlines() if line.strip() and line.strip() != title]
    text = " ".join(lines)
    short = text if len(text) <= MAX_PREVIEW else f"{text[: MAX_PREVIEW - 1]}…"
    content = json.loads(render_message(view).card)
    preview = {
        "contentType": "application/vnd.microsoft.card.thumbnail",
        "content": {"title": lookalike(title), "text": lookalike(short)},
    }
    return {"contentType": CARD_TYPE, "content": content, "preview": preview}


def text_of_html(content: str) -> str:
    """The text of a message as its reader sees it, line by line."""
    text = unescape(_MARKUP.sub("", _LINE_END.sub("\n", content))).replace("\xa0", " ")
    return "\n".join(line.strip() for line in text.split("\n") if line.strip())


def _card(body: Sequence[CardBlock], button: CardBlock) -> CardBlock:
    texts = [str(block.get("label") or block.get("text") or "") for block in body]
    return {
        "type": "AdaptiveCard",
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "version": "1.5",
        "fallbackText": "\n".join(filter(None, texts))[:3000] or "…",
        "body": [*body, _actions(button)],
    }


def _actions(button: CardBlock) -> CardBlock:
    return {"type": "ActionSet", "actions": [button]}


def _text(text: str) -> CardBlock:
    return {"type": "TextBlock", "text": inert(text) or " ", "wrap": True}


def _submit(title: str, data: Mapping[str, object]) -> CardBlock:
    return {"type": "Action.Submit", "title": title, "style": "positive", "data": dict(data)}


def _said(catalogue: Catalogue, key: str) -> str:
    return line_text(catalogue.in_channel(key))
