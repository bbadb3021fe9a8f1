"""Settings: environment variables in, one checked and frozen value out.

Each setting is defined once, in `SettingsFields`, with its variable, type, default and meaning; `settings_table` makes
the table of the documentation from it. A mistake is a `SettingsError`, which names the variable and says what would be
right. It never repeats a value, since values may be secrets. An empty variable counts as absent. Each secret can also
be read from a file, which the variable `<NAME>_FILE` names.
"""

import difflib
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, Self

from pydantic import SecretStr, ValidationError
from pydantic_core import PydanticUndefined

from bot.config.redis_url import AddressError
from bot.config.settings_checks import SettingsError, check_slack, check_teams, own_tenant, warnings
from bot.config.settings_fields import SettingsFields
from bot.config.types import AppType, SettingType

PREFIX = "ADVISOR_"
"""Prefix of the advisor's variables. An unknown variable with this prefix gets a warning."""


class Settings(SettingsFields):
    """What an operator may set, read from environment variables."""

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
        combined = (*check_slack(settings), *check_teams(settings))
        mistakes += [mistake for mistake in combined if mistake.variable not in known]
        settings = settings.model_copy(update={"tenants": settings.tenants or own_tenant(settings)})
        known_warnings = (*_unknown(environment), *warnings(settings))
        return settings.model_copy(update={"warnings": known_warnings}), tuple(mistakes)

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


def _unknown(environment: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in _FIELDS and name.removesuffix(FILE) not in _SECRETS:
            near = difflib.get_close_matches(name, _FIELDS, n=1, cutoff=0.0)[0]
            yield f"{name} is not a setting and has no effect. Did you mean {near}?"
