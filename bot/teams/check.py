"""Asks Microsoft for its signing keys and a token: what `advisor doctor` says about Teams."""

import time
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import ClientError

from bot.config.findings import Finding, bad, look, ok
from bot.config.proxy import open_session
from bot.config.setting_types import AppType
from bot.config.settings import Settings
from bot.teams.access_tokens import AppToken, token_acquirer
from bot.teams.cloud import PUBLIC, Cloud
from bot.teams.signing_keys import openid_fetch
from bot.turns.channel import TryLater

AREA = "Teams"


async def check(settings: Settings, cloud: Cloud = PUBLIC, http_client: Any = None) -> AsyncIterator[Finding]:
    """Whether the keys are there and the app signs in. `cloud` and `http_client` (MSAL's) lead elsewhere in tests."""
    if settings.microsoft_app_id is not None:
        yield await _keys(cloud.openid)
    kind = settings.microsoft_app_type
    managed = kind is AppType.MANAGED_IDENTITY
    if settings.microsoft_app_id is None or (settings.microsoft_app_password is None and not managed):
        return
    try:
        await AppToken(token_acquirer(settings, cloud, http_client), time.monotonic).get()
    except TryLater as error:
        reason = str(error).rpartition("no sign-in")[2].lstrip(".,: ")
        if managed:
            yield look(AREA, "teams_identity_untried", f"A managed identity gives a token only within Azure. {reason}")
        else:
            yield bad(AREA, "teams_token_refused", f"Microsoft gives no token. {reason}")
        return
    yield ok(AREA, "teams_token", f"Microsoft gives the app a token ({kind})")


async def _keys(openid: str) -> Finding:
    try:
        async with open_session() as session:
            found = (await openid_fetch(lambda: session, openid)())["keys"]
    except (ClientError, TimeoutError, OSError, ValueError, KeyError) as error:
        said = f"Microsoft's signing keys cannot be fetched from {openid} ({type(error).__name__})"
        how = "Every message is refused until then. Check the network, HTTPS_PROXY, NO_PROXY and SSL_CERT_FILE."
        return bad(AREA, "teams_keys_unreachable", f"{said}. {how}")
    return ok(AREA, "teams_keys", f"Microsoft's {len(found)} signing keys can be fetched")
