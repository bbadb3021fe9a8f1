"""Dialogs and the message extension: invokes that are answered without a conversation. Nothing of it is stored."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from pydantic import AliasPath, Field, ValidationError
from pydantic_core import to_json

from bot.teams.activities import ActivityModel, IncomingActivity
from bot.teams.cards import render_message
from bot.teams.form_cards import (
    ASK,
    DIALOG,
    FORM,
    POST,
    STEP,
    TEXT,
    TRIAGE_MESSAGE,
    Object,
    dialog,
    dialog_text,
    form_card,
    found,
    found_nothing,
    missing_card,
    opening_card,
    result_card,
    text_of_html,
)
from bot.teams.interfaces import ConversationClient, InvokeAnswer, OutgoingMessage
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.conversation import hashed
from dialogs.flows.lookups import NEAR, entry_reply
from dialogs.form_submission import IDEA, TEXT_LIMIT, FormErrors, judge_form, read_form, verdict_on_message
from dialogs.limits import bounded
from dialogs.message import day_of
from dialogs.view import line_text
from dialogs.views import lay_out
from knowledge.interfaces import MatchOutcome

log = logging.getLogger(__name__)

MAX_FOUND = 8
"""Entries that a search lists."""

INVOKES = frozenset(
    {"task/fetch", "task/submit"} | {f"composeExtension/{name}" for name in ("query", "fetchTask", "submitAction")}
)
"""The names of the invokes that are answered here."""


class _Parameter(ActivityModel):
    name: str = ""
    value: Any = None


class _Value(ActivityModel):
    """The fields of an invoke's value that are used here."""

    command_id: str = ""
    data: dict[str, Any] = Field(default_factory=dict)
    message: str = Field("", validation_alias=AliasPath("messagePayload", "body", "content"))
    parameters: tuple[_Parameter, ...] = ()
    skip: int = Field(0, validation_alias=AliasPath("queryOptions", "skip"))


@dataclass(eq=False)
class TeamsForms:
    """Answers the invokes."""

    service: Service

    @property
    def _advisor(self) -> Advisor:
        return self.service.advisor

    def opening(self) -> OutgoingMessage:
        return OutgoingMessage(to_json(opening_card(self._advisor.catalogue)).decode(), self._said("form_title"))

    async def invoke(self, activity: IncomingActivity, client: ConversationClient, now: int) -> InvokeAnswer:
        """The answer to one of INVOKES: 400 where it is malformed, else something that people can read."""
        try:
            value = _Value.model_validate(activity.value or {})
        except ValidationError:
            return InvokeAnswer(HTTPStatus.BAD_REQUEST)
        try:
            answer = await self._answer(activity, value, client, now)
        except Exception:
            reference = hashed(activity.id or "")
            log.exception("A dialog or the message extension failed, reference %s.", reference)
            answer = self._refusal(activity.name, self._said("failed", reference=reference))
        return InvokeAnswer(HTTPStatus.OK, to_json(answer, inf_nan_mode="null").decode("utf-8", "replace"))

    async def _answer(self, activity: IncomingActivity, value: _Value, client: ConversationClient, now: int) -> Object:
        who = f"teams:{activity.tenant or 'local'}:{activity.person.id}"
        if not self.service.allows(who, activity.id or ""):
            return self._refusal(activity.name, self._said("too_often"))
        is_form, in_thread = FORM in (value.data.get(DIALOG), value.command_id), self.service.workers.texts.run
        match activity.name:
            case "task/fetch" | "composeExtension/fetchTask" if is_form:
                return dialog(self._said("form_title"), form_card(self._advisor))
            case "task/submit" if is_form:
                return await self._form(value.data, now, client)
            case "composeExtension/query" if value.command_id == ASK:
                asked = next((p.value for p in value.parameters if p.name == TEXT and isinstance(p.value, str)), "")
                return await in_thread(search, self._advisor, asked.strip()[:TEXT_LIMIT], value.skip, now)
            case "composeExtension/fetchTask" if value.command_id == TRIAGE_MESSAGE:
                return await self._judged(text_of_html(value.message)[:TEXT_LIMIT], now)
            case "composeExtension/submitAction" if is_form:  # or what was missing for a message is answered
                return await self._form(value.data, now, None)
            case "composeExtension/submitAction" if value.command_id == TRIAGE_MESSAGE:
                text = value.data.get(TEXT)
                if isinstance(text, str) and text:
                    judged = await in_thread(verdict_on_message, self._advisor, text[:TEXT_LIMIT], now)
                    return found([(self._said("judged_title"), judged.view)])
        return self._refusal(activity.name, self._said("form_unknown"))

    async def _form(self, data: Mapping[str, object], now: int, client: ConversationClient | None) -> Object:
        """The form's result, in the dialog; once it was asked for, posted by the bot (`client`), or for the compose
        box."""
        form = read_form(self._advisor, data)
        if isinstance(form, FormErrors):
            return dialog(self._said("form_title"), form_card(self._advisor, data, form.errors))
        view, form, ask = judged = await self.service.workers.texts.run(judge_form, self._advisor, form, now)
        if ask:
            return dialog(self._said("form_title"), missing_card(self._advisor.catalogue, judged))
        if data.get(STEP) != POST:
            posted = {DIALOG: FORM, **form.answers, IDEA: form.idea}
            return dialog(self._said("result_title"), result_card(view, self._said("post_label"), posted))
        if client is None:
            return found([(self._said("result_title"), view)])
        try:
            await client.post(render_message(view))
        except (TryLater, Undeliverable) as error:
            log.warning("A result was not posted. %s", error)
            return dialog_text(self._said("post_failed"))
        return dialog_text(self._said("post_said"))

    async def _judged(self, text: str, now: int) -> Object:
        if not text:
            return dialog_text(self._said("judged_nothing"))
        judged = await self.service.workers.texts.run(verdict_on_message, self._advisor, text, now)
        if judged.ask:
            return dialog(self._said("judged_title"), missing_card(self._advisor.catalogue, judged))
        card = result_card(judged.view, self._said("post_label"), {TEXT: text})
        return dialog(self._said("judged_title"), card)

    def _refusal(self, name: str | None, text: str) -> Object:
        return found_nothing(text) if name == "composeExtension/query" else dialog_text(text)

    def _said(self, key: str, **values: str) -> str:
        return line_text(self._advisor.catalogue.in_channel(key, **values))


def search(advisor: Advisor, text: str, skip: int, now: int) -> Object:
    """Entries that answer the text so far: by meaning, then by words in their titles. Without text, the FAQs.

    There is one page: nothing is found after `skip` entries.
    """
    pack = advisor.pack
    if skip:
        return found([])
    ids = _matching(advisor, text) if text else [faq.id for faq in pack.faqs]
    if not ids:
        return found_nothing(line_text(advisor.catalogue.in_channel("search_nothing", covers=pack.covers)))
    day = day_of(now)
    views = [lay_out(advisor, (entry_reply(pack, (entry,), day, False),), 0) for entry in ids[:MAX_FOUND]]
    return found([(pack.entry(entry).title, view) for entry, view in zip(ids, views, strict=False)])


def _matching(advisor: Advisor, text: str) -> list[str]:
    match = advisor.knowledge.matcher.passage(bounded(text).text)
    near = list(match.top) if match.outcome is not MatchOutcome.UNKNOWN or match.score >= NEAR else []
    words = text.lower().split()
    titled = [entry.id for entry in advisor.pack.entries if all(word in entry.title.lower() for word in words)]
    return list(dict.fromkeys([*near, *titled]))
