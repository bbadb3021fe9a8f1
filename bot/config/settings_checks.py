"""Checks of settings that depend on each other."""

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.config.setting_types import ID, AppType, is_guid, is_loopback, tenant_id
from bot.config.settings import Settings


class SettingsError(ValueError):
    """A setting that is missing or wrong: `variable` is its name, the message says what would be right."""

    def __init__(self, variable: str, message: str) -> None:
        super().__init__(f"{variable} {message}")
        self.variable = variable


def check_slack(settings: Settings) -> Iterator[SettingsError]:
    """Mistakes in settings of Slack that depend on each other."""
    sender = (settings.slack_bot_token and "SLACK_BOT_TOKEN") or (settings.slack_client_id and "SLACK_CLIENT_ID")
    receiver = (settings.slack_signing_secret and "SLACK_SIGNING_SECRET") or (
        settings.slack_app_token and "SLACK_APP_TOKEN"
    )
    if sender and not receiver:
        yield SettingsError(
            "SLACK_SIGNING_SECRET", f"is missing; {sender} is set. Set it for HTTP, or SLACK_APP_TOKEN for Socket Mode."
        )
    if receiver and not sender:
        yield SettingsError(
            "SLACK_BOT_TOKEN", f"is missing; {receiver} is set. Set it, or SLACK_CLIENT_ID for many workspaces."
        )
    yield from _check_prefix("SLACK_BOT_TOKEN", settings.slack_bot_token, wrong="xapp-", right="xoxb-")
    yield from _check_prefix("SLACK_APP_TOKEN", settings.slack_app_token, wrong="xoxb-", right="xapp-")


def check_pairs(settings: Settings) -> Iterator[SettingsError]:
    """Settings of which each works only with the other."""
    for one, value, other, its_value in (
        ("SLACK_CLIENT_ID", settings.slack_client_id, "SLACK_CLIENT_SECRET", settings.slack_client_secret),
        ("ADVISOR_MODEL_URL", settings.listener_url, "ADVISOR_MODEL", settings.listener_model),
    ):
        yield from _require(one, value, other, its_value)
        yield from _require(other, its_value, one, value)


def check_teams(settings: Settings) -> Iterator[SettingsError]:
    """Mistakes in settings of Teams that depend on each other."""
    app_id, password = settings.microsoft_app_id, settings.microsoft_app_password
    yield from _require("MICROSOFT_APP_PASSWORD", password, "MICROSOFT_APP_ID", app_id)
    if not app_id:
        return
    if not password and settings.microsoft_app_type is not AppType.MANAGED_IDENTITY:
        yield SettingsError(
            "MICROSOFT_APP_PASSWORD",
            "is missing; MICROSOFT_APP_ID is set. Only MICROSOFT_APP_TYPE=UserAssignedMSI does without.",
        )
    if not settings.microsoft_app_tenant_id and settings.microsoft_app_type is not AppType.MULTI_TENANT:
        yield SettingsError(
            "MICROSOFT_APP_TENANT_ID",
            f"is missing; MICROSOFT_APP_TYPE={settings.microsoft_app_type} needs it. For a bot that Azure made for "
            "several tenants, until July 2025, say MICROSOFT_APP_TYPE=MultiTenant.",
        )
    if settings.microsoft_app_tenant_id and not settings.tenants and not own_tenant(settings):
        yield SettingsError(
            "MICROSOFT_APP_TENANT_ID",
            f"must be {ID}, since Teams does not name tenants by their domains. Set the tenant's id here, or set "
            "ADVISOR_TENANTS to the ids of those whose people may use the advisor.",
        )


def own_tenant(settings: Settings) -> tuple[str, ...]:
    """The app's tenant as one whose people may use the advisor; where Teams is for this machine only, none is
    asked for. None for a domain: it can sign in, but stands in no activity."""
    tenant = settings.microsoft_app_id and settings.microsoft_app_tenant_id
    with suppress(ValueError):
        return (tenant_id(tenant),) if tenant else ()
    return ()


def warnings(settings: Settings) -> Iterator[str]:
    """What is worth knowing about the settings, though nothing is wrong."""
    if settings.microsoft_app_id and not is_guid(settings.microsoft_app_id):
        yield f"MICROSOFT_APP_ID is not {ID}; Teams signs for such ids."
    if settings.microsoft_app_id and not settings.tenants:
        yield "No tenant is known: set ADVISOR_TENANTS to the tenants whose people may use the advisor in Teams."
    if settings.slack_oauth and not settings.slack_teams:
        yield "Every workspace may install the app: set ADVISOR_SLACK_TEAMS to those whose people may use it."
    if settings.slack_oauth and not settings.encryption_key:
        yield "Bot tokens are stored in Redis as they are: set ADVISOR_ENCRYPTION_KEY to encrypt them."
    if settings.slack_teams and not settings.slack_oauth:
        yield "ADVISOR_SLACK_TEAMS has no effect without SLACK_CLIENT_ID: a bot token is for one workspace."
    if settings.local_token and not settings.local_teams:
        yield (
            "ADVISOR_LOCAL_TOKEN has no effect: it is for Teams without MICROSOFT_APP_ID, and for an ADVISOR_HOST "
            "that only this machine reaches."
        )
    model = urlsplit(settings.listener_url or "")
    if model.scheme == "http" and not is_loopback(model.hostname or ""):
        yield "ADVISOR_MODEL_URL is not https: what people type travels unprotected."
    if settings.listener and settings.listener_limit > 60:
        yield "ADVISOR_MODEL_LIMIT is above 60 s: people wait that long for a reply where the model hangs."
    api = urlsplit(settings.slack_api_url)
    if (settings.slack_http or settings.slack_socket) and api.scheme == "http" and not is_loopback(api.hostname or ""):
        yield "SLACK_API_URL is not https: tokens travel unprotected."


def _require(variable: str, value: object, needed: str, other: object) -> Iterator[SettingsError]:
    if value and not other:
        yield SettingsError(needed, f"is missing; {variable} is set and works only with it.")


def _check_prefix(variable: str, token: SecretStr | None, *, wrong: str, right: str) -> Iterator[SettingsError]:
    if token and token.get_secret_value().startswith(wrong):
        yield SettingsError(variable, f"holds a token of the other kind; it must begin with {right}.")
