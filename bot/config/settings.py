"""Settings: environment variables in, one checked and frozen value out.

Every setting stands once, in `Settings`, with its variable, type, default and meaning; the table in the documentation
is made from it (`settings_table`). A mistake is a `SettingsError`, which names the variable and says what would be
right, and never repeats a value, since values may be secrets. An empty variable counts as absent. Each secret may also
stand in a file, which the variable `<NAME>_FILE` names.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import PydanticUndefined

from bot.config.redis_url import AddressError
from bot.config.types import (
    ID,
    ApiUrl,
    AppType,
    Count,
    Duration,
    EncryptionKeys,
    Folder,
    Format,
    Id,
    Ids,
    KeyPrefix,
    Level,
    LogFormat,
    LogLevel,
    Port,
    RedisUrl,
    Seconds,
    Secret,
    SettingType,
    SignIn,
    Switch,
    Tenant,
    Text,
    Unanswered,
    UnansweredTexts,
    WorkspaceIds,
    encryption_keys,
    is_guid,
    is_loopback,
    tenant_id,
)

PREFIX = "ADVISOR_"
"""Variables with this prefix are the advisor's: an unknown one gets a warning."""


class SettingsError(ValueError):
    """A setting that is missing or wrong: `variable` is its name, the message says what would be right."""

    def __init__(self, variable: str, message: str) -> None:
        super().__init__(f"{variable} {message}")
        self.variable = variable


def _setting(variable: str, meaning: str, default: Any = None) -> Any:
    return Field(default, alias=variable, description=meaning)


class Settings(BaseModel):
    """What an operator may set. Secrets show as asterisks wherever this is printed."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, hide_input_in_errors=True)

    redis_url: RedisUrl | None = _setting(
        "REDIS_URL",
        "Where conversations are kept: one server, Sentinel, or any node of a Cluster (detected). "
        "Absent: an embedded server in the state folder.",
    )
    redis_wait_replicas: Count = _setting(
        "ADVISOR_REDIS_WAIT_REPLICAS",
        "Replicas that must confirm a write before it counts. 0: a failover may lose the last answers.",
        0,
    )
    session_ttl: Duration = _setting(
        "ADVISOR_SESSION_TTL", "How long a conversation is kept after its last turn.", timedelta(days=7)
    )
    record_ttl: Duration = _setting(
        "ADVISOR_RECORD_TTL", "How long an idea stays on the board of its channel or chat.", timedelta(days=365)
    )
    unanswered: UnansweredTexts = _setting(
        "ADVISOR_UNANSWERED",
        "Whose questions without an answer are kept for `advisor report`, for 30 days, without names and numbers: "
        "`shared` (asked where others could read them), `all`, or `off`.",
        Unanswered.SHARED,
    )
    key_prefix: KeyPrefix = _setting(
        "ADVISOR_KEY_PREFIX", "What every key in Redis begins with: two advisors on one Redis need two.", "advisor"
    )
    state: Folder = _setting(
        "ADVISOR_STATE",
        "Folder of the embedded server, and of what is learnt from a pack of your own. "
        "Default: `advisor` in XDG_STATE_HOME or in ~/.local/state.",
        PydanticUndefined,
    )
    pack: Folder | None = _setting("ADVISOR_PACK", "Folder of your own pack. Absent: the one that comes along.")
    encoder: Folder | None = _setting(
        "ADVISOR_ENCODER", "Folder of your own encoder (model.onnx, tokenizer.json). Absent: the one that comes along."
    )
    host: Text = _setting("ADVISOR_HOST", "Address to listen on.", "127.0.0.1")
    port: Port = _setting("ADVISOR_PORT", "Port to listen on.", 3978)
    drain: Seconds = _setting(
        "ADVISOR_DRAIN", "Seconds to go on serving after SIGTERM, while /readyz says 503 and a balancer looks.", 0
    )
    reminders: Switch = _setting(
        "ADVISOR_REMINDERS",
        "Whether people are told once when something changed about their ideas, looked for daily.",
        True,
    )
    local_token: Secret | None = _setting(
        "ADVISOR_LOCAL_TOKEN",
        "What callers on this machine show who use the playground, or Teams without an app id. "
        "Absent: made at each start, and printed. Set beside Slack's credentials: turns on Teams without an app id.",
    )
    mcp_token: Secret | None = _setting(
        "ADVISOR_MCP_TOKEN",
        "Turns on POST /mcp for other assistants, which show it as a bearer token. "
        "Absent: for this machine only, with the local token.",
    )
    log_level: Level = _setting("ADVISOR_LOG_LEVEL", "Least weight of what is logged.", LogLevel.INFO)
    log_text: Switch = _setting("ADVISOR_LOG_TEXT", "Whether people's messages appear in the log.", False)

    log_format: Format = _setting("ADVISOR_LOG_FORMAT", "How a line of the log looks.", LogFormat.TEXT)

    slack_bot_token: Secret | None = _setting("SLACK_BOT_TOKEN", "Token of the app in one workspace (xoxb-…).")
    slack_signing_secret: Secret | None = _setting(
        "SLACK_SIGNING_SECRET", "Turns on Slack over HTTP; proves that requests come from Slack."
    )
    slack_app_token: Secret | None = _setting("SLACK_APP_TOKEN", "Turns on Socket Mode (xapp-…).")
    slack_client_id: Text | None = _setting("SLACK_CLIENT_ID", "Turns on installation into many workspaces.")
    slack_client_secret: Secret | None = _setting("SLACK_CLIENT_SECRET", "Belongs to SLACK_CLIENT_ID.")
    slack_api_url: ApiUrl = _setting("SLACK_API_URL", "Slack's Web API.", "https://slack.com/api/")

    slack_teams: WorkspaceIds = _setting(
        "ADVISOR_SLACK_TEAMS",
        "With SLACK_CLIENT_ID: workspaces or organisations that may use it. Absent: all that install it.",
        (),
    )
    encryption_key: EncryptionKeys | None = _setting(
        "ADVISOR_ENCRYPTION_KEY",
        "With SLACK_CLIENT_ID: encrypts the workspaces' bot tokens in Redis. The first key encrypts, all decrypt.",
    )

    microsoft_app_id: Id | None = _setting(
        "MICROSOFT_APP_ID", "Turns on Teams. Absent: Teams is for this machine only, with the local token."
    )
    microsoft_app_password: Secret | None = _setting("MICROSOFT_APP_PASSWORD", "The app's client secret.")
    microsoft_app_type: SignIn = _setting(
        "MICROSOFT_APP_TYPE",
        "How the app signs in. Absent: SingleTenant where MICROSOFT_APP_TENANT_ID is set.",
        AppType.MULTI_TENANT,
    )
    microsoft_app_tenant_id: Tenant | None = _setting("MICROSOFT_APP_TENANT_ID", "The tenant that the app belongs to.")
    tenants: Ids = _setting(
        "ADVISOR_TENANTS", "Tenants whose people may use the advisor in Teams. Default: the app's tenant.", ()
    )

    warnings: tuple[str, ...] = Field((), exclude=True)
    """What an operator should know at the start, though nothing stops it."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read, check and complete the settings; SettingsError for the first mistake found."""
        settings, mistakes = cls.check(environment)
        if mistakes:
            raise mistakes[0]
        return settings

    @classmethod
    def check(cls, environment: Mapping[str, str]) -> tuple[Self, tuple[SettingsError, ...]]:
        """The settings, as far as they are right, and every mistake in them."""
        given, mistakes = _given(environment)
        try:
            settings = cls.model_validate(given)
        except ValidationError as error:
            wrong = [_mistake(found) for found in error.errors(include_input=False)]
            mistakes += wrong
            settings = cls.model_validate(
                {name: value for name, value in given.items() if name not in {one.variable for one in wrong}}
            )
        # What is wrong already is not called missing as well.
        known = {mistake.variable.removesuffix(FILE) for mistake in mistakes}
        combined = (*settings._check_slack(), *settings._check_teams())
        mistakes += [mistake for mistake in combined if mistake.variable not in known]
        settings = settings.model_copy(update={"tenants": settings.tenants or settings._own_tenant()})
        warnings = (*_unknown(environment), *settings._check_warnings())
        return settings.model_copy(update={"warnings": warnings}), tuple(mistakes)

    @property
    def encryption_keys(self) -> tuple[str, ...]:
        """The keys for bot tokens at rest: the first encrypts, all decrypt; none: tokens are stored as they are."""
        return () if self.encryption_key is None else encryption_keys(self.encryption_key.get_secret_value())

    @property
    def slack_oauth(self) -> bool:
        """Whether the app can be installed into many workspaces."""
        return self.slack_client_id is not None

    @property
    def slack_http(self) -> bool:
        """Whether Slack's requests are served over HTTP."""
        return self.slack_signing_secret is not None and (self.slack_bot_token is not None or self.slack_oauth)

    @property
    def slack_socket(self) -> bool:
        """Whether Slack is served by Socket Mode."""
        return self.slack_app_token is not None and (self.slack_bot_token is not None or self.slack_oauth)

    @property
    def local_teams(self) -> bool:
        """Whether Teams runs unsigned, for holders of the local token on this machine only."""
        return self.local_mode or (
            self.local_token is not None and self.microsoft_app_id is None and is_loopback(self.host)
        )

    @property
    def teams(self) -> bool:
        """Whether Teams is on, with credentials or locally."""
        return self.microsoft_app_id is not None or self.local_teams

    @property
    def local_mode(self) -> bool:
        """Whether no channel has credentials, and only this machine reaches the server: then there is the playground,
        the page to try the advisor on, and unsigned Teams."""
        signed = self.slack_http or self.slack_socket or self.microsoft_app_id is not None
        return is_loopback(self.host) and not signed

    @property
    def mcp(self) -> bool:
        """Whether assistants are served over HTTP: all that hold the token, or those on this machine."""
        return self.mcp_token is not None or self.local_teams

    def with_local_token(self, new_token: Callable[[], str]) -> Self:
        """The same with a local token, where one is needed and none is set."""
        if self.local_token is not None or not self.local_teams:
            return self
        return self.model_copy(update={"local_token": SecretStr(new_token())})

    def with_slack(self, token: str, signing_secret: str, api_url: str) -> Self:
        """The same with another way into one Slack workspace."""
        access = {"slack_bot_token": SecretStr(token), "slack_signing_secret": SecretStr(signing_secret)}
        return self.model_copy(update={**access, "slack_api_url": api_url})

    def no_channel_reason(self) -> str | None:
        """Why a server with these settings would serve nobody; None where it would serve someone."""
        if self.slack_http or self.slack_socket or self.teams or self.mcp:
            return None
        return (
            "No channel is on. Teams needs MICROSOFT_APP_ID on this host: set it, or set ADVISOR_HOST to 127.0.0.1 for "
            "local use. For Slack, set SLACK_BOT_TOKEN with SLACK_SIGNING_SECRET or SLACK_APP_TOKEN."
        )

    def _check_slack(self) -> Iterator[SettingsError]:
        yield from _require("SLACK_CLIENT_ID", self.slack_client_id, "SLACK_CLIENT_SECRET", self.slack_client_secret)
        yield from _require("SLACK_CLIENT_SECRET", self.slack_client_secret, "SLACK_CLIENT_ID", self.slack_client_id)
        sender = "SLACK_BOT_TOKEN" if self.slack_bot_token else "SLACK_CLIENT_ID" if self.slack_client_id else None
        receiver = (
            "SLACK_SIGNING_SECRET" if self.slack_signing_secret else "SLACK_APP_TOKEN" if self.slack_app_token else None
        )
        if sender and not receiver:
            yield SettingsError(
                "SLACK_SIGNING_SECRET",
                f"is missing; {sender} is set. Set it for HTTP, or SLACK_APP_TOKEN for Socket Mode.",
            )
        if receiver and not sender:
            yield SettingsError(
                "SLACK_BOT_TOKEN", f"is missing; {receiver} is set. Set it, or SLACK_CLIENT_ID for many workspaces."
            )
        yield from _check_prefix("SLACK_BOT_TOKEN", self.slack_bot_token, wrong="xapp-", right="xoxb-")
        yield from _check_prefix("SLACK_APP_TOKEN", self.slack_app_token, wrong="xoxb-", right="xapp-")

    def _check_teams(self) -> Iterator[SettingsError]:
        app_id, password = self.microsoft_app_id, self.microsoft_app_password
        yield from _require("MICROSOFT_APP_PASSWORD", password, "MICROSOFT_APP_ID", app_id)
        if not app_id:
            return
        if not password and self.microsoft_app_type is not AppType.MANAGED_IDENTITY:
            yield SettingsError(
                "MICROSOFT_APP_PASSWORD",
                "is missing; MICROSOFT_APP_ID is set. Only MICROSOFT_APP_TYPE=UserAssignedMSI does without.",
            )
        if not self.microsoft_app_tenant_id and self.microsoft_app_type is not AppType.MULTI_TENANT:
            yield SettingsError(
                "MICROSOFT_APP_TENANT_ID", f"is missing; MICROSOFT_APP_TYPE={self.microsoft_app_type} needs it."
            )
        if self.microsoft_app_tenant_id and not self.tenants and not self._own_tenant():
            yield SettingsError(
                "MICROSOFT_APP_TENANT_ID",
                f"must be {ID}, since Teams does not name tenants by their domains. Set the tenant's id here, or set "
                "ADVISOR_TENANTS to the ids of those whose people may use the advisor.",
            )

    def _own_tenant(self) -> tuple[str, ...]:
        """The app's tenant as one whose people may use the advisor; where Teams is for this machine only, none is
        asked for. None for a domain: it can sign in, but stands in no activity."""
        if not self.microsoft_app_id or not self.microsoft_app_tenant_id:
            return ()
        try:
            return (tenant_id(self.microsoft_app_tenant_id),)
        except ValueError:
            return ()

    def _check_warnings(self) -> Iterator[str]:
        if self.microsoft_app_id and not is_guid(self.microsoft_app_id):
            yield f"MICROSOFT_APP_ID is not {ID}; Teams signs for such ids."
        if self.microsoft_app_id and not self.tenants:
            yield "No tenant is known: set ADVISOR_TENANTS to the tenants whose people may use the advisor in Teams."
        if self.slack_oauth and not self.slack_teams:
            yield "Every workspace may install the app: set ADVISOR_SLACK_TEAMS to those whose people may use it."
        if self.slack_oauth and not self.encryption_key:
            yield "Bot tokens are stored in Redis as they are: set ADVISOR_ENCRYPTION_KEY to encrypt them."
        if self.slack_teams and not self.slack_oauth:
            yield "ADVISOR_SLACK_TEAMS has no effect without SLACK_CLIENT_ID: a bot token is for one workspace."
        if self.local_token and not self.local_teams:
            yield (
                "ADVISOR_LOCAL_TOKEN has no effect: it is for Teams without MICROSOFT_APP_ID, and for an ADVISOR_HOST "
                "that only this machine reaches."
            )
        api = urlsplit(self.slack_api_url)
        if (self.slack_http or self.slack_socket) and api.scheme == "http" and not is_loopback(api.hostname or ""):
            yield "SLACK_API_URL is not https: tokens travel unprotected."


_FIELDS: Mapping[str, str] = MappingProxyType(
    {field.alias: name for name, field in Settings.model_fields.items() if field.alias}
)
"""Field by variable, in the order of the table."""


_SECRETS = frozenset(
    alias for alias, name in _FIELDS.items() if "SecretStr" in str(Settings.model_fields[name].annotation)
)
"""The variables whose values may stand in files."""

FILE = "_FILE"
"""What follows a secret's name where its value stands in a file."""


def _given(environment: Mapping[str, str]) -> tuple[dict[str, Any], list[SettingsError]]:
    """The values that are set, by variable, those from files among them; and what is wrong with the files."""
    given: dict[str, Any] = {name: environment[name].strip() for name in _FIELDS if environment.get(name, "").strip()}
    mistakes = []
    for name in sorted(_SECRETS):
        file = environment.get(f"{name}{FILE}", "").strip()
        if not file:
            continue
        if name in given:
            mistakes.append(SettingsError(f"{name}{FILE}", f"is set beside {name}; set one of them."))
            continue
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is no text"
            mistakes.append(SettingsError(f"{name}{FILE}", f"must name a file that can be read; {reason}."))
            continue
        if value:
            given[name] = value
        else:
            mistakes.append(SettingsError(f"{name}{FILE}", "must name a file with something in it; it is empty."))
    given.setdefault("ADVISOR_STATE", default_state_folder(environment))
    if "MICROSOFT_APP_TENANT_ID" in given:
        given.setdefault("MICROSOFT_APP_TYPE", AppType.SINGLE_TENANT)
    return given, mistakes


def _mistake(found: Mapping[str, Any]) -> SettingsError:
    """What pydantic found, in words."""
    variable, cause = str(found["loc"][0]), found.get("ctx", {}).get("error")
    reason = f"; {cause}" if isinstance(cause, AddressError) else ""
    return SettingsError(variable, f"must be {_setting_type(variable).description}{reason}.")


def default_state_folder(environment: Mapping[str, str]) -> Path:
    """`advisor` in the user's state folder, after the XDG base directory specification (a relative one is ignored)."""
    base = Path(environment.get("XDG_STATE_HOME") or ".")
    home = Path(environment.get("HOME") or Path.home())
    return (base if base.is_absolute() else home / ".local" / "state") / "advisor"


def settings_table() -> str:
    """All settings as a Markdown table: variable, type, default, meaning."""
    lines = ["| Variable | Type | Default | Meaning |", "|---|---|---|---|"]
    for variable, name in _FIELDS.items():
        field = Settings.model_fields[name]
        shown = f"`{_as_text(field.default)}`" if field.default not in (None, (), PydanticUndefined) else "–"
        lines.append(f"| `{variable}` | {_setting_type(variable).description} | {shown} | {field.description} |")
    return "\n".join(lines) + "\n"


def _as_text(default: Any) -> str:
    if isinstance(default, timedelta):
        return f"{default.days}d"
    return str(default).lower() if isinstance(default, bool) else str(default)


def _setting_type(variable: str) -> SettingType:
    field = Settings.model_fields[_FIELDS[variable]]
    union = getattr(field.annotation, "__args__", ())
    marks = (*field.metadata, *(mark for part in union for mark in getattr(part, "__metadata__", ())))
    return next(mark for mark in marks if isinstance(mark, SettingType))


def _require(variable: str, value: object, needed: str, other: object) -> Iterator[SettingsError]:
    if value and not other:
        yield SettingsError(needed, f"is missing; {variable} is set and works only with it.")


def _check_prefix(variable: str, token: SecretStr | None, *, wrong: str, right: str) -> Iterator[SettingsError]:
    if token and token.get_secret_value().startswith(wrong):
        yield SettingsError(variable, f"holds a token of the other kind; it must begin with {right}.")


def _unknown(environment: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in _FIELDS and name.removesuffix(FILE) not in _SECRETS:
            near = difflib.get_close_matches(name, _FIELDS, n=1, cutoff=0.0)[0]
            yield f"{name} is not a setting and has no effect. Did you mean {near}?"
