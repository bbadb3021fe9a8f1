"""Slack's shortcuts: the global one opens the form, the one of a message opens the verdict on that message."""

from bot.slack.modals import FORM, TRIAGE_MESSAGE, SlackView, form_modal, notice_modal, triage_modal
from bot.slack.payloads import Shortcut
from bot.slack.text import typed_text
from dialogs.advisor import Advisor
from dialogs.message_verdict import TEXT_LIMIT, verdict_on_message


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
    return triage_modal(catalogue, verdict_on_message(advisor, text, at), target)
