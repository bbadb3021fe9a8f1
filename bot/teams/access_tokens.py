"""Access tokens of the app, fetched in a thread and renewed well before the old one expires.

botbuilder builds a new MSAL application on each turn and asks Entra from the event loop.
"""

import asyncio
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from bot.config.setting_types import AppType, secret_text
from bot.config.settings import Settings
from bot.teams.cloud import Cloud
from bot.teams.interfaces import REFUSED, Json
from bot.turns.channel import TryLater

log = logging.getLogger(__name__)

MARGIN = 600.0
"""Seconds before its expiry at which a token is renewed; the old one is used meanwhile."""

TIMEOUT = 8.0
"""Seconds to wait for Entra."""

STOP_TIMEOUT = 2.0


AcquireToken = Callable[[bool], Json]
"""Asks for a token and waits for it: in MSAL's form, with `access_token` and `expires_in`, or `error`. With true no
cached one will do."""

_ADVICE = {
    "AADSTS7000215": "MICROSOFT_APP_PASSWORD is not the app's secret (its value is needed, not its id).",
    "AADSTS7000222": "The secret in MICROSOFT_APP_PASSWORD has expired.",
    "AADSTS700016": "The app is not known in this tenant: check MICROSOFT_APP_ID, MICROSOFT_APP_TENANT_ID and whether "
    "MICROSOFT_APP_TYPE is SingleTenant.",
    "AADSTS90002": "MICROSOFT_APP_TENANT_ID is not a tenant.",
}


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    ends: float


class AppToken:
    """The token of one app for one scope, renewed before it expires. `clock` never goes back, in seconds."""

    def __init__(self, acquire: AcquireToken, clock: Callable[[], float]) -> None:
        self._acquire = acquire
        self._clock = clock
        self._token: _Token | None = None
        self._refused: str | None = None
        self._renewal: asyncio.Task[_Token] | None = None

    async def get(self) -> str:
        """A valid token; TryLater, which names the setting to check, if Entra gives none."""
        token, now = self._token, self._clock()
        if token is not None and now < token.ends - MARGIN:
            return token.text
        renewal = self._renew()
        if token is not None and now < token.ends:
            return token.text
        return (await asyncio.shield(renewal)).text

    def discard(self, token: str) -> None:
        """Teams refused this token: the next `get` asks for another, even if it has not expired."""
        self._refused = token
        if self._token is not None and self._token.text == token:
            self._token = None

    def start(self) -> None:
        """Asks for the first token, so that the first turn need not wait."""
        self._renew()

    async def stop(self) -> None:
        """Waits briefly for a renewal that is under way, since the process waits for its thread anyway."""
        if renewal := self._renewal:
            await asyncio.wait({renewal}, timeout=STOP_TIMEOUT)
            renewal.cancel()

    def _renew(self) -> asyncio.Task[_Token]:
        """The one renewal that is under way."""
        if self._renewal is None:
            self._renewal = asyncio.create_task(self._ask())
            self._renewal.add_done_callback(self._renewed)
        return self._renewal

    async def _ask(self) -> _Token:
        asked = self._clock()
        try:
            given = await asyncio.wait_for(asyncio.to_thread(self._acquired), TIMEOUT)
        except Exception as error:
            raise TryLater(f"{REFUSED}no sign-in, since asking failed ({type(error).__name__})") from error
        if "access_token" not in given:
            raise TryLater(f"{REFUSED}no sign-in. {_advice(given)}")
        return _Token(str(given["access_token"]), asked + float(given.get("expires_in", 0)))

    def _acquired(self) -> Json:
        """Runs in a thread."""
        given = self._acquire(False)
        refused = self._refused is not None and given.get("access_token") == self._refused
        return self._acquire(True) if refused else given

    def _renewed(self, renewal: "asyncio.Task[_Token]") -> None:
        self._renewal = None
        if renewal.cancelled():
            return
        if error := renewal.exception():
            log.error("%s", error)
        else:
            self._token = renewal.result()


def token_acquirer(settings: Settings, cloud: Cloud, http_client: Any = None) -> AcquireToken:
    """Gets the token of the app that the settings name, through MSAL. `http_client` as MSAL expects it; None: its own.

    MSAL is imported, and its application built, in the thread that asks first: both take their time.
    """
    app_id, password = settings.microsoft_app_id, secret_text(settings.microsoft_app_password)
    kind, tenant = settings.microsoft_app_type, settings.microsoft_app_tenant_id
    managed = kind is AppType.MANAGED_IDENTITY
    asked = {"resource": cloud.scope} if managed else {"scopes": [f"{cloud.scope}/.default"]}
    authority = f"{cloud.login}/{tenant if kind is AppType.SINGLE_TENANT else cloud.default_tenant}"

    @cache
    def client() -> Any:
        import msal  # type: ignore[import-untyped]
        import requests

        if managed:
            identity = msal.UserAssignedManagedIdentity(client_id=app_id)
            local = requests.Session()
            local.trust_env = False  # it is asked on this machine, where no proxy leads
            local.request = partial(local.request, timeout=TIMEOUT)  # type: ignore[method-assign]
            return msal.ManagedIdentityClient(identity, http_client=http_client or local)
        # As aiohttp does; `requests` by itself has another name for it.
        verify = os.environ.get("SSL_CERT_FILE") or True
        own = {"http_client": http_client} if http_client else {"timeout": TIMEOUT, "verify": verify}
        return msal.ConfidentialClientApplication(
            app_id, client_credential=password, authority=authority, instance_discovery=False, **own
        )

    def ask(anew: bool) -> Json:
        if anew:
            client.cache_clear()  # drops MSAL's own token cache as well
        given: Json = client().acquire_token_for_client(**asked)
        return given

    return ask


def _advice(given: Json) -> str:
    reason = str(given.get("error_description") or given.get("error") or "Entra gave no reason.")
    return next((advice for code, advice in _ADVICE.items() if code in reason), reason.splitlines()[0])
