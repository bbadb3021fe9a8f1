"""Slack's modals, within its limits: pure functions that return views."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.slack.blocks import blocks_that_fit
from bot.slack.buttons import Block
from bot.slack.limits import MAX_HINT, MAX_LABEL, MAX_METADATA, MAX_MODAL_BLOCKS, MAX_MODAL_TITLE
from bot.slack.text import clean, escape, plain_text_object, truncate
from bot.turns.channel import said
from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.conversation import IDEA_LIMIT
from dialogs.form_submission import IDEA, Judged
from dialogs.message import NOTE_LIMIT
from dialogs.view import Buttons, Choices, View, line_text
from knowledge.pack import Question

FORM = "advice_form"
"""Callback of the form's modal, and of the shortcut that opens it; the action of the Home's button as well."""

TRIAGE_MESSAGE = "triage_message"
"""Callback of the message shortcut."""

RESULT, RESULT_IN_THREAD = "advice_result", "triage_result"
"""Callbacks of modals that show a result, which can be posted to a chosen conversation or below a message."""

WHERE = "where"
"""The field that says where a result is to be posted."""

SHARE, NOTE = "share", "note"
"""Callback of the modal that shares a result, and its field for a note."""

MAX_NOTE = 500

FEEDBACK_NOTE = "feedback_note"
"""Callback of the modal to say why, its field, and the action of the button that opens it."""


_SHOWN_IN_MODALS = frozenset({"section", "context", "divider", "header", "rich_text", "markdown"})
"""Blocks of a message that a modal may hold as well."""

SlackView = dict[str, Any]


def form_modal(advisor: Advisor) -> SlackView:
    """The idea and all questions."""
    catalogue = advisor.catalogue
    idea = _text_input(catalogue, IDEA, "form_idea", IDEA_LIMIT, optional=True) | _hint(catalogue, "form_idea_hint")
    inputs = [idea, *_question_inputs(advisor.pack.questions)]
    return _modal(catalogue, FORM, "form_title", inputs, submit="form_submit")


def missing_modal(catalogue: Catalogue, judged: Judged, target: Mapping[str, str]) -> SlackView:
    """What is known of an idea, and the questions that are missing. `target`: where its result goes, {} for a form."""
    blocks = [*shown_blocks(judged.view), *_question_inputs(judged.ask)]
    known = {**target, **judged.form.answers, IDEA: judged.form.idea}
    metadata = json.dumps(known, ensure_ascii=False)
    if len(metadata) > MAX_METADATA:
        metadata = json.dumps({**known, IDEA: ""}, ensure_ascii=False)
    return _modal(catalogue, FORM, "form_title", blocks, submit="form_submit", metadata=metadata)


def _question_inputs(asked: Iterable[Question]) -> list[Block]:
    """Each input is named after its question, and may be left out."""
    questions = []
    for question in asked:
        options = [{"text": _plain(option.label, MAX_LABEL), "value": option.id} for option in question.options]
        radio_buttons = _input(question.id, question.prompt, type="radio_buttons", options=options)
        questions.append({**radio_buttons, "hint": _plain(question.why.text, MAX_HINT), "optional": True})
    return questions


def why_button(catalogue: Catalogue, value: str) -> Block:
    """Below the thanks for feedback; `value` is what the modal needs to know."""
    why = button(FEEDBACK_NOTE, label_text(catalogue, "feedback_why")) | {"value": value}
    return {"type": "actions", "elements": [why]}


def feedback_modal(catalogue: Catalogue, metadata: str) -> SlackView:
    note = _text_input(catalogue, FEEDBACK_NOTE, "feedback_note", NOTE_LIMIT) | _hint(catalogue, "feedback_note_hint")
    return _modal(catalogue, FEEDBACK_NOTE, "feedback_title", [note], submit="feedback_send", metadata=metadata)


def feedback_note(values: Mapping[str, Any]) -> str:
    """The comment from that modal; "" if it is malformed."""
    note = form_fields(values).get(FEEDBACK_NOTE)
    return note if isinstance(note, str) else ""


def form_fields(values: Mapping[str, Any]) -> dict[str, object]:
    """The values of a submitted view, by field; malformed ones are left out."""
    fields: dict[str, object] = {}
    for block, actions in values.items():
        element = actions.get(block) if isinstance(actions, dict) else None
        if not isinstance(element, dict):
            continue
        option = element.get("selected_option")
        chosen = option.get("value") if isinstance(option, dict) else element.get("selected_conversation")
        fields[block] = chosen or element.get("value")
    return fields


def result_modal(catalogue: Catalogue, view: View) -> SlackView:
    """A result, and where it may be posted. Slack gives a way to post there, also where the bot is no member."""
    where = _where(catalogue, default_to_current_conversation=True, response_url_enabled=True)
    return _modal(catalogue, RESULT, "result_title", [*shown_blocks(view), where], submit="post_label")


def _where(catalogue: Catalogue, **chosen_from: Any) -> Block:
    return _input(WHERE, label_text(catalogue, "post_where"), type="conversations_select", **chosen_from)


def share_modal(catalogue: Catalogue, view: View, metadata: str) -> SlackView:
    """Asks where a result goes and for a note, and shows how it will look."""
    where = _where(catalogue, filter={"include": ["public", "private", "mpim"], "exclude_bot_users": True})
    note = _text_input(catalogue, NOTE, "share_note", MAX_NOTE, optional=True)
    blocks = [where, note, {"type": "divider"}, *shown_blocks(view)]
    return _modal(catalogue, SHARE, "share_title", blocks, submit="post_label", metadata=metadata)


def share_fields(values: Mapping[str, Any]) -> tuple[str, str]:
    """Where a result goes, "" if that was not chosen, and the note."""
    fields = form_fields(values)
    return str(fields.get(WHERE) or ""), str(fields.get(NOTE) or "").strip()[:MAX_NOTE]


def triage_modal(catalogue: Catalogue, view: View, target: Mapping[str, str]) -> SlackView:
    """The result for one message. `target`: where the thread below it is."""
    metadata = json.dumps(target, ensure_ascii=False)
    way = {"submit": "post_thread_label", "metadata": metadata} if len(metadata) <= MAX_METADATA else {}
    return _modal(catalogue, RESULT_IN_THREAD, "judged_title", shown_blocks(view), **way)


def notice_modal(catalogue: Catalogue, key: str, **values: str) -> SlackView:
    """A short text, and nothing to do but close it."""
    notice = said(catalogue.in_channel(key, **values))
    return _modal(catalogue, "notice", "result_title", shown_blocks(notice))


def with_notice(view: Mapping[str, Any], catalogue: Catalogue, key: str) -> SlackView:
    """A modal as it was submitted, with a text on top that says what went wrong, so that it can be submitted again."""
    notice = shown_blocks(said(catalogue.in_channel(key)))
    kept = ("type", "title", "submit", "close", "callback_id", "private_metadata")
    blocks = [block for block in view["blocks"] if block.get("block_id") != _NOTICE]
    first = {**notice[0], "block_id": _NOTICE}
    return {**{name: view[name] for name in kept if view.get(name)}, "blocks": [first, *blocks][:MAX_MODAL_BLOCKS]}


_NOTICE = "notice"


def message_of(blocks: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The content of a modal as the text and the blocks of a message."""
    shown = [
        {name: value for name, value in block.items() if name != "block_id"}
        for block in blocks
        if block.get("type") in _SHOWN_IN_MODALS and block.get("block_id") != _NOTICE
    ]
    text = "\n".join(filter(None, map(_text_of, shown)))
    return {"text": truncate(text, 2900) or "…", "blocks": shown}


def shown_blocks(view: View) -> list[Block]:
    """The blocks of a view that a modal or the Home may hold: its text. A table becomes lines."""
    elements = tuple(element for element in view.elements if not isinstance(element, Choices | Buttons))
    blocks = blocks_that_fit(View(elements, view.revision), "")
    return [block for block in blocks if block["type"] in _SHOWN_IN_MODALS]


def _text_of(block: Mapping[str, Any]) -> str:
    text = block.get("text")
    if isinstance(text, dict):
        return str(text.get("text", ""))
    if isinstance(text, str):
        return text
    elements: Sequence[Any] = block.get("elements") or ()
    return " ".join(str(element["text"]) for element in elements if isinstance(element, dict) and "text" in element)


def _modal(
    catalogue: Catalogue, callback: str, title: str, blocks: Sequence[Block], submit: str = "", metadata: str = ""
) -> SlackView:
    """`title` and `submit` are keys of the catalogue."""
    labels = {"title": title, "close": "form_close"} | ({"submit": submit} if submit else {})
    return {
        "type": "modal",
        "callback_id": callback,
        **{part: _plain(label_text(catalogue, key), MAX_MODAL_TITLE) for part, key in labels.items()},
        **({"private_metadata": metadata} if metadata else {}),
        "blocks": list(blocks)[:MAX_MODAL_BLOCKS],
    }


def _input(name: str, label: str, **element: Any) -> Block:
    """A field, named as its block is."""
    return {
        "type": "input",
        "block_id": name,
        "label": _plain(label, MAX_HINT),
        "element": {"action_id": name, **element},
    }


def _text_input(catalogue: Catalogue, name: str, label: str, limit: int, *, optional: bool = False) -> Block:
    """A field for some lines of text. `label` is a key of the catalogue."""
    field = _input(name, label_text(catalogue, label), type="plain_text_input", multiline=True, max_length=limit)
    return {**field, "optional": True} if optional else field


def _hint(catalogue: Catalogue, key: str) -> Block:
    return {"hint": _plain(label_text(catalogue, key), MAX_HINT)}


def button(action: str, label: str) -> Block:
    return {"type": "button", "action_id": action, "text": _plain(label, MAX_LABEL), "value": "0"}


def _plain(text: str, limit: int) -> Block:
    return plain_text_object(escape(truncate(clean(text), limit)))


def label_text(catalogue: Catalogue, key: str) -> str:
    """A channel text of the catalogue, without styles."""
    return line_text(catalogue.in_channel(key))
