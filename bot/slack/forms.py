"""Opens and answers modals: the form, its result, and what shortcuts and the Home tab open. Nothing of it is stored."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.events import SLACK, Workspace
from bot.slack.home_tab import HOME, publish_home
from bot.slack.modals import (
    FORM,
    RESULT,
    RESULT_IN_THREAD,
    TRIAGE_MESSAGE,
    WHERE,
    SlackView,
    form_fields,
    form_modal,
    label_text,
    message_of,
    missing_modal,
    notice_modal,
    result_modal,
    triage_modal,
    with_notice,
)
from bot.slack.payloads import HomeOpened, Shortcut, ViewAction, ViewRequest, ViewSubmission
from bot.slack.surface import respond
from bot.slack.text import escape, typed_text
from bot.slack.web_api_errors import BAD_ANSWER, CALL_ERRORS, call_failure, delivery_error
from bot.turns.channel import TryLater, Undeliverable
from bot.turns.service import Service
from dialogs.advisor import Advisor
from dialogs.catalogue import Catalogue
from dialogs.form_submission import TEXT_LIMIT, FormErrors, Judged, judge_form, read_form, verdict_on_message

log = logging.getLogger(__name__)

OPEN_TIMEOUT = 1.5
"""Seconds for opening a modal before its request is answered."""

POST_TIMEOUT = 2.0
"""Seconds for posting a result, within the three that Slack waits for the answer to a submission."""

NO_PREVIEWS = {"unfurl_links": False, "unfurl_media": False}

FOR_ALL = {"response_type": "in_channel", "replace_original": False, **NO_PREVIEWS}

Begin = Callable[[AsyncBoltRequest, str, str, str], Awaitable[BoltResponse]]
"""Begins a conversation in somebody's direct messages: the request, the person, its trigger, and what they would type.
"""


@dataclass(eq=False)
class SlackForms:
    """Handles requests of modals, shortcuts and the Home tab.

    `start` runs something in the background, `begin` goes on in direct messages; `clock` gives seconds since 1970,
    `new_reference` what a person can quote to an operator."""

    service: Service
    start: Callable[[Coroutine[Any, Any, Any]], object]
    begin: Begin
    clock: Callable[[], float]
    new_reference: Callable[[], str]

    @property
    def _advisor(self) -> Advisor:
        return self.service.advisor

    async def handle(self, req: AsyncBoltRequest, request: ViewRequest) -> BoltResponse:
        """Acknowledges the request. Slack does not send it again, so the person is told if it failed."""
        try:
            return await self._handle(req, request)
        except Exception:
            reference = self.new_reference()
            log.exception("A request of a modal or the Home tab failed, reference %s.", reference)
            if isinstance(request, ViewSubmission):
                return await show_notice(req, self._advisor.catalogue, "failed", reference=reference)
            return await req.context.ack()

    async def _handle(self, req: AsyncBoltRequest, request: ViewRequest) -> BoltResponse:
        match request:
            case HomeOpened():
                if request.tab == HOME and request.user:
                    owner = _owner(req)
                    self.start(publish_home(req.context.client, self.service, request.user, owner))
            case ViewAction():
                return await self._pressed(req, request)
            case Shortcut():
                self.start(self._open_shortcut(req, request))
            case ViewSubmission():
                return await self._submitted(req, request)
        return await req.context.ack()

    async def open_form(self, req: AsyncBoltRequest, trigger_id: str) -> BoltResponse:
        """Answers the slash command that asks for the form."""
        self.start(open_modal(req.context.client, trigger_id, form_modal(self._advisor)))
        return await req.context.ack()

    async def _pressed(self, req: AsyncBoltRequest, request: ViewAction) -> BoltResponse:
        action = request.actions[0].action_id
        if action == FORM:
            return await self.open_form(req, request.trigger_id)
        words = self._advisor.catalogue.commands.get(action)
        if words is None:
            return await req.context.ack()
        return await self.begin(req, request.user.id, request.trigger_id, words[0])

    async def _open_shortcut(self, req: AsyncBoltRequest, request: Shortcut) -> None:
        text = request.message.text if request.message else ""
        if not self._allowed(req, request.user.id, request.trigger_id, text):
            view = notice_modal(self._advisor.catalogue, "too_often")
        else:
            bot, at = req.context.bot_user_id, int(self.clock())
            view = await self.service.workers.texts.run(shortcut_modal, self._advisor, request, bot, at)
        await open_modal(req.context.client, request.trigger_id, view)

    async def _submitted(self, req: AsyncBoltRequest, request: ViewSubmission) -> BoltResponse:
        catalogue = self._advisor.catalogue
        if not self._allowed(req, request.user.id, request.trigger_id):
            return await show_notice(req, catalogue, "too_often")
        match request.view.callback_id:
            case callback if callback == FORM:
                known = _known(request.view.private_metadata)
                filled = form_fields(request.view.state.values)
                form = read_form(self._advisor, known | {name: value for name, value in filled.items() if value})
                if isinstance(form, FormErrors):
                    errors = {field: escape(error) for field, error in form.errors.items()}
                    return await req.context.ack(response_action="errors", errors=errors)
                judged = await self.service.workers.texts.run(judge_form, self._advisor, form, int(self.clock()))
                return await _update(req, judged_modal(catalogue, judged, _target_in(known)))
            case callback if callback in (RESULT, RESULT_IN_THREAD):
                return await self._post(req, request)
        return await show_notice(req, catalogue, "form_unknown")

    async def _post(self, req: AsyncBoltRequest, request: ViewSubmission) -> BoltResponse:
        """Posts what the modal shows; if that fails, the modal stays and says so."""
        message = message_of(request.view.blocks)
        client: AsyncWebClient = req.context.client
        try:
            async with asyncio.timeout(POST_TIMEOUT):
                if request.view.callback_id == RESULT_IN_THREAD:
                    await _post_in_thread(client, _target_in(_known(request.view.private_metadata)), message)
                elif request.response_url is None:
                    error = {WHERE: escape(label_text(self._advisor.catalogue, "post_choose"))}
                    return await req.context.ack(response_action="errors", errors=error)
                else:
                    await respond(client, request.response_url, {**FOR_ALL, **message}, once=True)
        except (TryLater, Undeliverable, TimeoutError, *BAD_ANSWER) as error:
            told = error if isinstance(error, Undeliverable) else type(error).__name__
            log.warning("A result was not posted (%s).", told)
            view = request.view.model_dump(exclude_none=True)
            shown = with_notice({"type": "modal", **view}, self._advisor.catalogue, "post_failed")
            return await _update(req, shown)
        return await req.context.ack(response_action="clear")

    def _allowed(self, req: AsyncBoltRequest, user: str, request: str, text: str = "") -> bool:
        return self.service.allows(f"{SLACK}:{_owner(req)}:{user}", request, text)


def shortcut_modal(advisor: Advisor, request: Shortcut, bot: str | None, at: int) -> SlackView:
    """The modal that a shortcut opens. `bot` is the bot's user in the workspace, `at` the time in seconds."""
    catalogue = advisor.catalogue
    if request.callback_id == FORM:
        return form_modal(advisor)
    if request.callback_id != TRIAGE_MESSAGE or request.message is None or request.channel is None:
        return notice_modal(catalogue, "form_unknown")
    text = typed_text(request.message.text, bot)[:TEXT_LIMIT]
    if not text:
        return notice_modal(catalogue, "judged_nothing")
    target = {"channel": request.channel.id, "thread": request.message.thread_ts or request.message.ts}
    if request.response_url:
        target["url"] = request.response_url
    return judged_modal(catalogue, verdict_on_message(advisor, text, at), target)


def judged_modal(catalogue: Catalogue, judged: Judged, target: Mapping[str, str]) -> SlackView:
    """The result, or the questions that are missing; below a message if that is its `target`."""
    if judged.ask:
        return missing_modal(catalogue, judged, target)
    return triage_modal(catalogue, judged.view, target) if target else result_modal(catalogue, judged.view)


def _owner(req: AsyncBoltRequest) -> str:
    """As conversations are kept: by organisation, where there is one."""
    return Workspace.named(req.context.team_id, req.context.enterprise_id).owner


def _known(metadata: str) -> dict[str, object]:
    """The texts that a modal was opened with."""
    try:
        found = json.loads(metadata)
    except ValueError:
        found = None
    return {name: value for name, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def _target_in(known: Mapping[str, object]) -> dict[str, str]:
    """Below which message a result goes; {} for none."""
    found = {name: str(known[name]) for name in ("channel", "thread", "url") if known.get(name)}
    return found if {"channel", "thread"} <= found.keys() else {}


async def _post_in_thread(client: AsyncWebClient, target: Mapping[str, str], message: Mapping[str, Any]) -> None:
    """Posts as the bot; if it is no member, through the shortcut's response_url."""
    if not target:
        raise Undeliverable("the modal does not say below which message")
    where = {"channel": target["channel"], "thread_ts": target["thread"]}
    try:
        await client.api_call("chat.postMessage", json={**where, **NO_PREVIEWS, **message})
    except CALL_ERRORS as error:
        reason = delivery_error(error)
        if not isinstance(reason, Undeliverable) or "url" not in target:
            raise reason from error
        await respond(client, target["url"], {**FOR_ALL, **message, "thread_ts": target["thread"]}, once=True)


async def open_modal(client: AsyncWebClient, trigger_id: str, view: SlackView, within: float | None = None) -> bool:
    """Opens a modal, `within` seconds if given; whether it did. Slack accepts the trigger for three seconds, its own
    delay included."""
    try:
        async with asyncio.timeout(within):
            await client.api_call("views.open", json={"trigger_id": trigger_id, "view": view})
    except (TimeoutError, *CALL_ERRORS, *BAD_ANSWER) as error:
        log.warning("A modal could not be opened. %s", call_failure(error))
        return False
    return True


async def show_notice(req: AsyncBoltRequest, catalogue: Catalogue, key: str, **values: str) -> BoltResponse:
    """Shows a short text in place of the modal that was submitted."""
    return await _update(req, notice_modal(catalogue, key, **values))


async def _update(req: AsyncBoltRequest, view: SlackView) -> BoltResponse:
    return await req.context.ack(response_action="update", view=view)
