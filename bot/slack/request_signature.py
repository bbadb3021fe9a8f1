"""Slack's signature of a request: HMAC-SHA256 over its time and its body, with the app's signing secret."""

import hashlib
import hmac
import logging
import re
from collections.abc import Callable, Mapping

log = logging.getLogger(__name__)

MAX_AGE = 300
"""Seconds by which a request's time and this machine's clock may differ."""

_TIMESTAMP = re.compile(r"\d{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class RequestSignature:
    """Checks signatures. `clock` gives seconds since 1970."""

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        self._secret = secret.encode()
        self._clock = clock

    def fits(self, headers: Mapping[str, str], raw: bytes) -> bool:
        """Whether a request with this body is Slack's, and new; the log says why where it is not."""
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        if not (timestamp.isascii() and _TIMESTAMP.fullmatch(timestamp) and _SIGNATURE.fullmatch(signature)):
            log.info("A request without Slack's signature was refused.")
            return False
        off = int(self._clock()) - int(timestamp)
        if abs(off) > MAX_AGE:
            log.warning("A request was refused: its time and this machine's clock differ by %s seconds.", off)
            return False
        digest = hmac.digest(self._secret, b"v0:" + timestamp.encode() + b":" + raw, hashlib.sha256)
        if not hmac.compare_digest(f"v0={digest.hex()}", signature):
            log.warning("A request was refused: its signature does not fit SLACK_SIGNING_SECRET.")
            return False
        return True
