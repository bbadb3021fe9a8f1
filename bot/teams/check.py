"""Asks Microsoft for a token: what `advisor doctor` says about Teams."""

import time
from collections.abc import AsyncIterator
from typing import Any

from bot.config.findings import Finding, bad, look, ok
from bot.config.setting_types import AppType
from bot.config.settings import Settings
from bot.teams.access_tokens import AppToken, token_acquirer
from bot.teams.cloud import PUBLIC, Cloud
from bot.teams.interfaces import SendFailed

AREA = "Teams"


async def check(settings: Settings, cloud: Cloud = PUBLIC, http_client: Any = None) -> AsyncIterator[Finding]:
    """Whether the app signs in. `cloud` and `http_client` (MSAL's) lead elsewhere than to Microsoft in tests."""
    password, kind = settings.microsoft_app_password, settings.microsoft_app_type
    managed = kind is AppType.MANAGED_IDENTITY
    if settings.microsoft_app_id is None or (password is None and not managed):
        return
    secret = password.get_secret_value() if password else ""
    acquire = token_acquirer(
        cloud, kind, settings.microsoft_app_id, secret, settings.microsoft_app_tenant_id, http_client
    )
    try:
        await AppToken(acquire, time.monotonic).get()
    except SendFailed as error:
        reason = str(error).rpartition("no sign-in")[2].lstrip(".,: ")
        if managed:
            yield look(AREA, "teams_identity_untried", f"A managed identity gives a token only within Azure. {reason}")
        else:
            yield bad(AREA, "teams_token_refused", f"Microsoft gives no token. {reason}")
        return
    yield ok(AREA, "teams_token", f"Microsoft gives the app a token ({kind})")
