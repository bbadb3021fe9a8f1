"""What each error of a call of the Web API means for a reply, and what the log says of it."""

import logging

from aiohttp import ClientError
from slack_sdk.errors import SlackApiError

from bot.turns.channel import TryLater, Undeliverable

log = logging.getLogger(__name__)

_TEMPORARY = {
    "accesslimited", "fatal_error", "internal_error", "rate_limited", "ratelimited", "request_timeout",
    "service_unavailable", "team_added_to_org",
}  # fmt: skip

_GONE = {"message_not_found", "cant_update_message", "edit_window_closed", "is_inactive"}


def status_and_reason(error: Exception) -> tuple[int, str]:
    """The status and the reason of an error: its type where nobody answered, none where something else than Slack did.

    The SDK passes on its own response, with any kind of data, or the HTTP client's.
    """
    if not isinstance(error, SlackApiError):
        return 0, type(error).__name__
    response = error.response
    status: int = getattr(response, "status_code", None) or getattr(response, "status", None) or 0
    data = getattr(response, "data", None)
    reason = data.get("error") if isinstance(data, dict) else None
    return status, str(reason or "")


def is_gone(failed: TryLater | Undeliverable) -> bool:
    """Whether the message to edit is no longer there, or no longer ours to edit."""
    return isinstance(failed, Undeliverable) and failed.reason in _GONE


def delivery_error(error: Exception) -> TryLater | Undeliverable:
    """What an error of a call means for the reply. An answer without a reason is a proxy's, and temporary."""
    if not isinstance(error, SlackApiError):
        return TryLater(f"Slack is out of reach ({type(error).__name__})")
    status, reason = status_and_reason(error)
    if status >= 429 or not reason or reason in _TEMPORARY:
        return TryLater(f"Slack answered {status}, {reason or 'without a reason'}")
    return Undeliverable(f"Slack answered {reason}{_details(error.response.data)}", reason)


def log_rejected_token(error: Exception, address: str, setting: str, right: str) -> None:
    """Tells operators why Slack did not accept a token. `setting` holds it, `right` says what it must be."""
    status, reason = status_and_reason(error)
    if isinstance(delivery_error(error), TryLater):
        log.warning("Slack is out of reach at %s (%s).", address, " ".join(filter(None, (str(status or ""), reason))))
    else:
        log.error("Slack does not accept %s (%s). It must be %s.", setting, reason, right)


def _details(data: object) -> str:
    metadata = data.get("response_metadata") if isinstance(data, dict) else None
    messages = metadata.get("messages") if isinstance(metadata, dict) else None
    return f": {messages}" if messages else ""


CALL_ERRORS = (SlackApiError, ClientError, TimeoutError, OSError)
"""What a call may raise."""

BAD_ANSWER = (AttributeError, ValueError)
"""What the SDK raises besides where an answer with status 200 is no object, as from a proxy."""


def call_failure(error: Exception) -> object:
    """What to log about a call that failed; of a bad answer the type alone, since its text may hold what was sent."""
    return type(error).__name__ if isinstance(error, BAD_ANSWER) else delivery_error(error)
