"""Requests that are nearly right: bodies as platforms send them, with something changed, and bytes that are no body."""

import hashlib
import hmac
import json
import random
import re
import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from tests.local_token import BEARER

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
PEOPLE = 3000
"""Different senders, so that the limit for each of them does not end the work."""

BUTTONS = (
    "answer:data:yes",
    "answer:volume:low",
    "edit:data",
    "back",
    "why",
    "restart",
    "lesson:1:a",
    "passage:hybrid",
)
TEXTS = ("hi", "2", "why?", "start over", "forget me", "learn", "we have thousands of examples", "not sure", "help")

ODD: tuple[Callable[[], Any], ...] = (
    lambda: None,
    lambda: True,
    lambda: -1,
    lambda: 10**40,
    lambda: 1e308,
    lambda: float("nan"),
    lambda: "",
    lambda: "x" * 20_000,
    lambda: "\ud800 \u202e \x00 \uffff",
    lambda: "1" * 5000,
    lambda: "=cmd|' /C calc'!A0 <!channel> <@U1> <at>x</at>",
    lambda: "http://[::1",
    lambda: "a\r\nX: y",
    lambda: "0001-01-01T00:00:00",
    lambda: "999999999999.999999999",
    lambda: [],
    lambda: {},
    lambda: [{}] * 50,
    lambda: {"id": {"id": {"id": []}}},
    *(partial(str, f"deep:{depth}") for depth in (60, 190, 300, 900, 960, 985, 5000)),
)

_DEEP = re.compile(r'"deep:(\d+)"')


def dumped(body: Any) -> str:
    """As JSON; where ODD has put a depth, a list in a list, and so on, which Python itself could not write."""
    return _DEEP.sub(lambda found: "[" * int(found[1]) + "]" * int(found[1]), json.dumps(body))


def mutated(dice: random.Random, body: Any, times: int) -> Any:
    """The body with some of its parts replaced, removed or doubled."""
    changed = deepcopy(body)
    for _ in range(times):
        spots = list(_spots(changed))
        if not spots:
            break
        parent, key = dice.choice(spots)
        match dice.randrange(5):
            case 0 if isinstance(parent, dict):
                del parent[key]
            case 1 if isinstance(parent, dict):
                parent[f"{key}x"] = parent.pop(key)
            case 2:
                parent[key] = [parent[key]]
            case _:
                parent[key] = dice.choice(ODD)()
    return changed


def _spots(body: Any) -> Any:
    inner = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in inner:
        yield body, key
        yield from _spots(value)


def garbled(dice: random.Random, raw: bytes) -> bytes:
    """Bytes cut off, overwritten, put in, or of another kind altogether."""
    at = dice.randrange(len(raw) + 1)
    match dice.randrange(6):
        case 0:
            return raw[:at]
        case 1:
            return raw[:at] + dice.randbytes(4) + raw[at + 4 :]
        case 2:
            return raw[:at] + raw + raw[at:]
        case 3:
            return dice.randbytes(dice.randrange(2000))
        case 4:
            depth = dice.choice((500, 5_000, 100_000))
            return dice.choice((b"[", b'{"event":', b'{"value":')) * depth
        case _:
            return dice.choice((b"", b"null", b"0", b"[]", b'""', b"{}", b"\xff\xfe{}", b"payload=", b"payload=%ff"))


@dataclass(frozen=True)
class Sent:
    """A request's body and headers."""

    body: bytes
    headers: dict[str, str]


def plain(request: tuple[Any, bool]) -> tuple[bytes, str]:
    """A body as bytes, and its type; `request` says whether it comes as a form."""
    body, form = request
    if not form:
        return dumped(body).encode(), JSON
    fields = body if "command" in body else {"payload": dumped(body)}
    return urlencode({key: str(value) for key, value in fields.items()}, errors="replace").encode(), FORM


def slack(dice: random.Random, number: int, secret: str, api: str) -> Sent:
    """One request to Slack's edge: mostly signed, mostly changed."""
    body, form = dice.choice((_event, _event, _click, _command, _other))(dice, number, api)
    raw, kind = plain((mutated(dice, body, dice.choice((0, 1, 1, 2, 5))), form))
    if dice.random() < 0.15:
        raw = garbled(dice, raw)
    made = signed(raw, secret, kind)
    return Sent(raw, _spoilt(dice, made.headers, ("X-Slack-Retry-Num", "X-Slack-Retry-Reason")))


def signed(raw: bytes, secret: str, kind: str) -> Sent:
    """A body with the headers that Slack gives it."""
    stamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256).hexdigest()
    headers = {"Content-Type": kind, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}
    return Sent(raw, headers)


def teams(dice: random.Random, number: int, service_url: str) -> Sent:
    """One request to Teams' edge in local mode."""
    activity = dice.choice((_message, _message, _invoke, _invoke, _update))(dice, number, service_url)
    raw = dumped(mutated(dice, activity, dice.choice((0, 1, 1, 2, 5)))).encode()
    if dice.random() < 0.15:
        raw = garbled(dice, raw)
    return Sent(raw, _spoilt(dice, {"Content-Type": JSON, **BEARER}, ("X-Forwarded-For", "Host")))


def _spoilt(dice: random.Random, headers: dict[str, str], more: tuple[str, ...]) -> dict[str, str]:
    if dice.random() < 0.85:
        return headers
    name = dice.choice((*headers, *more))
    odd = ("", "0", "-1", "²", "v0=", "v0=" + "0" * 64, "é" * 50, "9" * 300)
    return headers | {name: dice.choice((*odd, "Bearer x.y.z", "text/plain", "evil.test"))}


def _event(dice: random.Random, number: int, api: str) -> tuple[Any, bool]:
    stamp = f"{int(time.time())}.{number % 1_000_000:06d}"
    direct = dice.random() < 0.5
    event = {
        "type": "message" if direct else dice.choice(("app_mention", "message")),
        "user": _user(dice),
        "ts": stamp,
        "event_ts": stamp,
        "text": ("" if direct else "<@U0ADVISOR0> ") + dice.choice(TEXTS),
        "team": "T0PLAYGRND",
        "channel": f"D0{dice.randrange(PEOPLE)}" if direct else f"C0{dice.randrange(50)}",
        "channel_type": "im" if direct else "channel",
        "blocks": [{"type": "rich_text", "elements": [{"type": "text", "text": "hi"}]}],
    }
    if dice.random() < 0.4:
        event["thread_ts"] = f"1700000000.{dice.randrange(500):06d}"
    return {
        "token": "t",
        "team_id": "T0PLAYGRND",
        "enterprise_id": None,
        "api_app_id": "A0ADVISOR0",
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{number}",
        "event_time": int(time.time()),
        "authorizations": [{"enterprise_id": None, "team_id": "T0PLAYGRND", "user_id": "U0ADVISOR0", "is_bot": True}],
    }, False


def _click(dice: random.Random, number: int, api: str) -> tuple[Any, bool]:
    stamp = f"{int(time.time())}.{number % 1_000_000:06d}"
    button = dice.choice(BUTTONS)
    pressed: dict[str, Any] = {"type": "button", "action_id": button, "value": str(dice.randrange(9))}
    if dice.random() < 0.2:
        pressed = {"type": "overflow", "action_id": "menu:3", "selected_option": {"value": button}}
    return {
        "type": "block_actions",
        "user": {"id": _user(dice), "team_id": "T0PLAYGRND"},
        "container": {"type": "message", "message_ts": f"1700000001.{dice.randrange(500):06d}", "channel_id": "C01"},
        "team": {"id": "T0PLAYGRND", "domain": "d"},
        "channel": {"id": f"C0{dice.randrange(50)}", "name": "general"},
        "message": {"ts": "1700000001.000001", "thread_ts": f"1700000000.{dice.randrange(500):06d}", "text": "q"},
        "response_url": f"{api}/response",
        "trigger_id": f"t{number}",
        "actions": [pressed | {"block_id": "b", "action_ts": stamp}],
    }, True


def _command(dice: random.Random, number: int, api: str) -> tuple[Any, bool]:
    return {
        "command": "/advisor",
        "text": dice.choice((*TEXTS, "payload")),
        "team_id": "T0PLAYGRND",
        "user_id": _user(dice),
        "channel_id": f"{dice.choice('CD')}0{dice.randrange(50)}",
        "trigger_id": f"t{number}",
        "response_url": f"{api}/response",
    }, True


def _other(dice: random.Random, number: int, api: str) -> tuple[Any, bool]:
    bodies: tuple[Any, ...] = (
        {"type": "url_verification", "challenge": "c", "token": "t"},
        {"ssl_check": "1", "token": "t"},
        {"type": "view_submission", "user": {"id": "U1"}, "team": {"id": "T0PLAYGRND"}, "view": {"id": "V"}},
        {"type": "event_callback", "team_id": "T0PLAYGRND", "event": {"type": "reaction_added", "user": "U1"}},
        {"type": "event_callback", "team_id": "T0PLAYGRND", "event": {"type": "app_home_opened", "channel": "D01"}},
    )
    return dice.choice(bodies), dice.random() < 0.3


def _user(dice: random.Random) -> str:
    return f"U{dice.randrange(PEOPLE):08d}"


def _activity(dice: random.Random, number: int, service_url: str, kind: str) -> dict[str, Any]:
    person = dice.randrange(PEOPLE)
    shared = dice.random() < 0.3
    place = {"id": f"19:{dice.randrange(50)}@thread.v2", "conversationType": "groupChat", "isGroup": True}
    mention = {"type": "mention", "mentioned": {"id": "28:advisor", "name": "Advisor"}, "text": "<at>Advisor</at>"}
    return {
        "type": kind,
        "id": f"a{number}",
        "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "channelId": "msteams",
        "serviceUrl": service_url,
        "from": {"id": f"29:{person}", "name": "Ana", "aadObjectId": f"aad-{person}"},
        "recipient": {"id": "28:advisor", "name": "Advisor"},
        "conversation": place if shared else {"id": f"a:{person}", "conversationType": "personal", "tenantId": "t"},
        "channelData": {"tenant": {"id": "t"}},
        "entities": [{"type": "clientInfo", "locale": "en-US"}, *([mention] if shared else [])],
        "replyToId": str(dice.randrange(500)),
    }


def _message(dice: random.Random, number: int, service_url: str) -> dict[str, Any]:
    activity = _activity(dice, number, service_url, "message") | {"text": f"<at>Advisor</at> {dice.choice(TEXTS)}"}
    return activity | ({"value": _data(dice)} if dice.random() < 0.3 else {})


def _invoke(dice: random.Random, number: int, service_url: str) -> dict[str, Any]:
    data = _data(dice)
    action = {"type": "Action.Execute", "verb": data["verb"], "data": data}
    name = dice.choice(("adaptiveCard/action", "adaptiveCard/action", "message/submitAction", "task/fetch"))
    activity = _activity(dice, number, service_url, "invoke")
    return activity | {"name": name, "value": {"action": action, "trigger": "manual"}}


def _update(dice: random.Random, number: int, service_url: str) -> dict[str, Any]:
    kind = dice.choice(("conversationUpdate", "installationUpdate", "messageReaction", "messageUpdate", "typing"))
    more = {"membersAdded": [{"id": "28:advisor"}], "action": dice.choice(("add", "remove"))}
    return _activity(dice, number, service_url, kind) | more


def _data(dice: random.Random) -> dict[str, Any]:
    verb, *rest = dice.choice(BUTTONS).split(":")
    named = dict(zip(("question", "option"), rest, strict=False))
    return {"verb": verb, **named, "revision": dice.randrange(9)}


RAW: tuple[bytes, ...] = (
    b"GET\r\n\r\n",
    b"POST / HTTP/9.9\r\n\r\n",
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -5\r\n\r\n",
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(2000)) + b"\r\n",
    b"POST %s HTTP/1.1\r\nHost: [\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1:x\r\nContent-Type: ;;=\r\nContent-Length: 2\r\n\r\n{}",
    b"POST %s HTTP/1.1\r\nHost: \xff\xfe\r\nContent-Type: application/json; charset=nonsense\r\n"
    b"Content-Length: 2\r\n\r\n{}",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 100,
)
"""Requests that are hardly HTTP; `%s` is the edge's path."""
