"""The settings: each is a field with its variable, type, default and meaning; properties follow from several of them.

`environment.py` reads them from environment variables.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr
from pydantic_core import PydanticUndefined

from bot.config import setting_types as kinds
from bot.config.setting_types import (
    AppType,
    LogFormat,
    LogLevel,
    ModelUse,
    ModelWhen,
    SettingType,
    Unanswered,
    is_loopback,
)


def _setting(variable: str, meaning: str, default: Any = None) -> Any:
    return Field(default, alias=variable, description=meaning)


class Settings(BaseModel):
    """What an operator may set. Secrets show as asterisks wherever this is printed."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, hide_input_in_errors=True)

    redis_url: kinds.RedisUrl | None = _setting(
        "REDIS_URL",
        "Where conversations are kept: one server, Sentinel, or any node of a Cluster (detected). "
        "Absent: an embedded server in the state folder.",
    )
    redis_wait_replicas: kinds.Count = _setting(
        "ADVISOR_REDIS_WAIT_REPLICAS",
        "Replicas that must confirm a write before it counts. 0: a failover may lose the last answers.",
        0,
    )
    session_ttl: kinds.Duration = _setting(
        "ADVISOR_SESSION_TTL", "How long a conversation is kept after its last turn.", timedelta(days=7)
    )
    record_ttl: kinds.Duration = _setting(
        "ADVISOR_RECORD_TTL", "How long an idea stays on the board of its channel or chat.", timedelta(days=365)
    )
    unanswered: kinds.UnansweredTexts = _setting(
        "ADVISOR_UNANSWERED",
        "Whose questions without an answer are kept for `advisor report`, for 30 days, without names and numbers: "
        "`shared` (asked where others could read them), `all`, or `off`.",
        Unanswered.SHARED,
    )
    key_prefix: kinds.KeyPrefix = _setting(
        "ADVISOR_KEY_PREFIX", "Prefix of every key in Redis. Two advisors on one Redis need different ones.", "advisor"
    )
    state: kinds.Folder = _setting(
        "ADVISOR_STATE",
        "Folder of the embedded server, and of classifiers trained for your own pack. "
        "Default: `advisor` in XDG_STATE_HOME or in ~/.local/state.",
        PydanticUndefined,
    )
    pack: kinds.Folder | None = _setting("ADVISOR_PACK", "Folder of your own pack. Absent: the built-in pack.")
    encoder: kinds.Folder | None = _setting(
        "ADVISOR_ENCODER",
        "Folder of your own encoder (model.onnx, tokenizer.json). "
        "Absent: the one of the extra `encoder`; without that, text is understood by its words alone.",
    )
    host: kinds.Text = _setting("ADVISOR_HOST", "Address to listen on.", "127.0.0.1")
    port: kinds.Port = _setting("ADVISOR_PORT", "Port to listen on.", 3978)
    admin_port: kinds.Port | None = _setting(
        "ADVISOR_ADMIN_PORT",
        "Port for /metrics and the probes, which are then not on ADVISOR_PORT.",
    )
    drain: kinds.Seconds = _setting(
        "ADVISOR_DRAIN",
        "Seconds to go on serving after SIGTERM with /readyz and /servingz at 503: the load balancer stops sending.",
        0,
    )
    reminders: kinds.Switch = _setting(
        "ADVISOR_REMINDERS",
        "Whether people are told once when something has changed about their ideas. Checked daily.",
        True,
    )
    local_token: kinds.Secret | None = _setting(
        "ADVISOR_LOCAL_TOKEN",
        "Token that callers on this machine send to use the playground, or Teams without an app id. "
        "Absent: made and printed at each start. With Slack's credentials it turns on Teams without an app id.",
    )
    mcp_token: kinds.Secret | None = _setting(
        "ADVISOR_MCP_TOKEN",
        "Turns on POST /mcp for other assistants, which send it as a bearer token. "
        "Absent: in local mode for this machine, with the local token, else off.",
    )
    log_level: kinds.Level = _setting("ADVISOR_LOG_LEVEL", "The lowest level that is logged.", LogLevel.INFO)
    log_text: kinds.Switch = _setting("ADVISOR_LOG_TEXT", "Whether the log contains people's messages.", False)

    log_format: kinds.Format = _setting("ADVISOR_LOG_FORMAT", "Format of log lines.", LogFormat.TEXT)

    listener_url: kinds.ApiUrl | None = _setting(
        "ADVISOR_MODEL_URL",
        "Turns on a language model that listens along, see docs/model.md: the base of an OpenAI-compatible API "
        "(https://…/v1).",
    )
    listener_model: kinds.Text | None = _setting(
        "ADVISOR_MODEL", "With ADVISOR_MODEL_URL: the model, as its endpoint calls it."
    )
    listener_key: kinds.Secret | None = _setting("ADVISOR_MODEL_KEY", "Key of that endpoint. Absent: none is needed.")
    listener_name: kinds.ShownName | None = _setting(
        "ADVISOR_MODEL_NAME", "What people are told about who reads along. Absent: the value of ADVISOR_MODEL."
    )
    listener_when: kinds.When = _setting(
        "ADVISOR_MODEL_WHEN",
        "What it is asked about: `unsure` (lines that the built-in understanding is not sure of) or `always` (all but "
        "exact commands, plain answers, lists and long texts).",
        ModelWhen.ALWAYS,
    )
    listener_use: kinds.Use = _setting(
        "ADVISOR_MODEL_USE",
        "What it is for: `listen` (it says what a line asks for) or `speak` (it also words answers that are checked).",
        ModelUse.SPEAK,
    )
    listener_limit: kinds.Limit = _setting(
        "ADVISOR_MODEL_LIMIT", "Seconds after which the reply comes without it.", 2.5
    )
    listener_extra: kinds.Body = _setting(
        "ADVISOR_MODEL_EXTRA", 'JSON for the body of each request, such as {"temperature": 0}.', {}
    )

    slack_bot_token: kinds.Secret | None = _setting("SLACK_BOT_TOKEN", "Token of the app in one workspace (xoxb-…).")
    slack_signing_secret: kinds.Secret | None = _setting(
        "SLACK_SIGNING_SECRET", "Turns on Slack over HTTP; proves that requests come from Slack."
    )
    slack_app_token: kinds.Secret | None = _setting("SLACK_APP_TOKEN", "Turns on Socket Mode (xapp-…).")
    slack_client_id: kinds.Text | None = _setting("SLACK_CLIENT_ID", "Turns on installation into many workspaces.")
    slack_client_secret: kinds.Secret | None = _setting("SLACK_CLIENT_SECRET", "Belongs to SLACK_CLIENT_ID.")
    slack_api_url: kinds.ApiUrl = _setting("SLACK_API_URL", "Slack's Web API.", "https://slack.com/api/")

    slack_teams: kinds.WorkspaceIds = _setting(
        "ADVISOR_SLACK_TEAMS",
        "With SLACK_CLIENT_ID: workspaces or organisations that may use it. Absent: all that install it.",
        (),
    )
    encryption_key: kinds.EncryptionKeys | None = _setting(
        "ADVISOR_ENCRYPTION_KEY",
        "With SLACK_CLIENT_ID: encrypts the workspaces' bot tokens in Redis. The first key encrypts, all decrypt.",
    )

    microsoft_app_id: kinds.Id | None = _setting(
        "MICROSOFT_APP_ID", "Turns on Teams. Absent: Teams is for this machine only, with the local token."
    )
    microsoft_app_password: kinds.Secret | None = _setting("MICROSOFT_APP_PASSWORD", "The app's client secret.")
    microsoft_app_type: kinds.SignIn = _setting(
        "MICROSOFT_APP_TYPE",
        "How the app signs in. All but MultiTenant, which Azure makes no more, need MICROSOFT_APP_TENANT_ID.",
        AppType.SINGLE_TENANT,
    )
    microsoft_app_tenant_id: kinds.Tenant | None = _setting(
        "MICROSOFT_APP_TENANT_ID", "The tenant that the app belongs to."
    )
    tenants: kinds.Ids = _setting(
        "ADVISOR_TENANTS", "Tenants whose people may use the advisor in Teams. Default: the app's tenant.", ()
    )

    warnings: tuple[str, ...] = Field((), exclude=True)
    """Warnings for the operator. They do not prevent a start."""

    @property
    def encryption_keys(self) -> tuple[str, ...]:
        """The keys for bot tokens at rest: the first encrypts, all decrypt; none: tokens are stored as they are."""
        return () if self.encryption_key is None else kinds.encryption_keys(self.encryption_key.get_secret_value())

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
        return self.slack_app_token is not None and (self.slack_bot_token is not None or self.slack_oauth)

    @property
    def listener(self) -> str:
        """The name of the language model that listens along; "" for none."""
        return (self.listener_name or self.listener_model or "") if self.listener_url else ""

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
        """The same settings, with other credentials for one Slack workspace."""
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


FIELDS: Mapping[str, str] = MappingProxyType(
    {field.alias: name for name, field in Settings.model_fields.items() if field.alias}
)
"""Field by variable, in the order of the table."""


def setting_type(variable: str) -> SettingType:
    field = Settings.model_fields[FIELDS[variable]]
    union = getattr(field.annotation, "__args__", ())
    marks = (*field.metadata, *(mark for part in union for mark in getattr(part, "__metadata__", ())))
    return next(mark for mark in marks if isinstance(mark, SettingType))
