"""What Teams refuses in a message of a bot."""

import json
from collections.abc import Mapping
from typing import Any

from bot.playground.teams import card_rules

CARD = "application/vnd.microsoft.card.adaptive"

LIMIT = 40 * 1024
"""Bytes of a message as UTF-16, by the stricter of Microsoft's two pages."""


def problems(activity: object) -> list[str]:
    """What is wrong with a message; nothing where Teams would accept it and show it."""
    if not isinstance(activity, dict):
        return ["message: is no object"]
    if activity.get("type") == "typing" and activity.keys().isdisjoint({"text", "attachments"}):
        return []
    found = []
    if activity.get("type") != "message":
        found.append("message: type must be message")
    size = 2 * len(json.dumps(activity, ensure_ascii=False))
    if size > LIMIT:
        found.append(f"message: has {size} bytes, at most {LIMIT} are accepted")
    data = activity.get("channelData") or {}
    loop = data.get("feedbackLoop")
    if loop is not None and (loop not in ({"type": "default"}, {"type": "custom"}) or "feedbackLoopEnabled" in data):
        found.append("message: feedbackLoop needs a type, default or custom, and no feedbackLoopEnabled beside it")
    attachments = activity.get("attachments") or []
    if not attachments and not activity.get("text"):
        found.append("message: has neither text nor a card")
    if len(attachments) > 1:
        found.append("message: several attachments cannot be edited")
    for attachment in attachments:
        found += _attachment(attachment)
    return found


def _attachment(attachment: Mapping[str, Any]) -> list[str]:
    content = attachment.get("content")
    keys = content.keys() if isinstance(content, dict) else set()
    match attachment.get("contentType"):
        case "application/vnd.microsoft.teams.card.file.consent":
            complete = keys == {"description", "sizeInBytes", "acceptContext", "declineContext"}
            return [] if complete and attachment.get("name") else ["attachment: is no consent card"]
        case "application/vnd.microsoft.teams.card.file.info":
            complete = keys == {"uniqueId", "fileType"} and str(attachment.get("contentUrl", "")).startswith("http")
            return [] if complete and attachment.get("name") else ["attachment: is no file's card"]
        case kind if kind != CARD:
            return [f"attachment: contentType must be {CARD}"]
    return card_rules.problems(attachment.get("content"))
