"""The OAuth state: proves that an installation that comes back from Slack was begun here, not long ago.

It is signed rather than stored, so that an anonymous request to the page leaves nothing behind, and any replica can
check what another issued. Bolt binds it to the browser by a cookie, and Slack's code works once, so that the state need
not.
"""

import logging
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256
from logging import Logger
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

STATE_TTL = 600
"""Seconds within which an installation must be finished."""

_PURPOSE = b"advisor oauth state:"
"""Nothing else that is made with the same secret can be taken for a state."""


class OAuthStates(AsyncOAuthStateStore):
    """`secret` is the app's client secret, which all replicas share; `clock` gives seconds since 1970."""

    def __init__(self, secret: str, clock: Callable[[], float]) -> None:
        self._cipher = Fernet(urlsafe_b64encode(sha256(_PURPOSE + secret.encode()).digest()))
        self._clock = clock

    @property
    def logger(self) -> Logger:
        """The logger of this store, as the SDK requires."""
        return logging.getLogger(__name__)

    async def async_issue(self, *_args: Any, **_kwargs: Any) -> str:
        """A new state: a token of Fernet, which holds its time and is signed."""
        return self._cipher.encrypt_at_time(b"", int(self._clock())).decode()

    async def async_consume(self, state: str) -> bool:
        """Whether the state was issued, not long ago."""
        try:
            self._cipher.decrypt_at_time(state.encode(errors="replace"), STATE_TTL, int(self._clock()))
        except InvalidToken:
            return False
        return True
