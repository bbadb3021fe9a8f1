"""The OAuth state: proves that an installation that comes back from Slack was begun here, not long ago.

It is signed rather than stored, so that an anonymous request to the page leaves nothing behind, and any replica can
check what another issued. Bolt binds it to the browser by a cookie, and Slack's code works once, so that the state need
not.
"""

import hmac
import logging
import secrets
from collections.abc import Callable
from hashlib import sha256
from logging import Logger
from typing import Any

from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

STATE_TTL = 600
"""Seconds within which an installation must be finished."""

_PURPOSE = b"advisor oauth state:"
"""Nothing else that is signed with the same secret can be taken for a state."""


class OAuthStates(AsyncOAuthStateStore):
    """`secret` is the app's client secret, which all replicas share; `clock` gives seconds since 1970."""

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        self._secret = secret.encode()
        self._clock = clock

    @property
    def logger(self) -> Logger:
        """The logger of this store, as the SDK requires."""
        return logging.getLogger(__name__)

    async def async_issue(self, *_args: Any, **_kwargs: Any) -> str:
        """A new state: its expiry, a nonce, and the signature of both."""
        signed = f"{int(self._clock()) + STATE_TTL}.{secrets.token_urlsafe(16)}"
        return f"{signed}.{self._signature(signed)}"

    async def async_consume(self, state: str) -> bool:
        """Whether the state was issued, not long ago."""
        signed, _, signature = state.rpartition(".")
        sent = signature.encode(errors="surrogatepass")
        if not hmac.compare_digest(sent, self._signature(signed).encode()):
            return False
        return int(signed.partition(".")[0]) > self._clock()

    def _signature(self, signed: str) -> str:
        return hmac.new(self._secret, _PURPOSE + signed.encode(errors="surrogatepass"), sha256).hexdigest()
