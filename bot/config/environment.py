"""Settings from environment variables: reads and checks them, and completes them with defaults.

A mistake is a `SettingsError`, which names the variable and says what would be right. It never repeats a value, since
values may be secrets. An empty variable counts as absent. Each secret can also be read from a file, which the variable
`<NAME>_FILE` names.
"""

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.config.redis_url import AddressError
from bot.config.settings import FIELDS, Settings, setting_type
from bot.config.settings_checks import SettingsError, check_pairs, check_slack, check_teams, own_tenant, warnings

PREFIX = "ADVISOR_"
"""Prefix of the advisor's variables. An unknown variable with this prefix gets a warning."""

FILE = "_FILE"
"""What follows a secret's name where its value stands in a file."""

_SECRETS = frozenset(
    alias for alias, name in FIELDS.items() if "SecretStr" in str(Settings.model_fields[name].annotation)
)
"""The variables whose values may stand in files."""


ORACLE = "ADVISOR_ORACLE"
"""For tests only: with 1, a line of `advisor chat --jsonl` may say which commands it asks for."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Reads, checks and completes the settings; SettingsError for the first mistake found."""
    settings, mistakes = check_settings(environment)
    if mistakes:
        raise mistakes[0]
    return settings


def check_settings(environment: Mapping[str, str]) -> tuple[Settings, tuple[SettingsError, ...]]:
    """The settings, as far as they are right, and every mistake in them."""
    given, mistakes = _given(environment)
    try:
        settings = Settings.model_validate(given)
    except ValidationError as error:
        wrong = [_mistake(found) for found in error.errors(include_input=False)]
        mistakes += wrong
        settings = Settings.model_validate(
            {name: value for name, value in given.items() if name not in {one.variable for one in wrong}}
        )
    # What is wrong already is not called missing as well.
    known = {mistake.variable.removesuffix(FILE) for mistake in mistakes}
    combined = (*check_pairs(settings), *check_slack(settings), *check_teams(settings))
    mistakes += [mistake for mistake in combined if mistake.variable not in known]
    settings = settings.model_copy(update={"tenants": settings.tenants or own_tenant(settings)})
    known_warnings = (*_unknown(environment), *warnings(settings))
    return settings.model_copy(update={"warnings": known_warnings}), tuple(mistakes)


def _given(environment: Mapping[str, str]) -> tuple[dict[str, Any], list[SettingsError]]:
    """The values that are set, by variable, those from files among them; and what is wrong with the files."""
    given: dict[str, Any] = {name: environment[name].strip() for name in FIELDS if environment.get(name, "").strip()}
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
    return given, mistakes


def _mistake(found: Mapping[str, Any]) -> SettingsError:
    """What pydantic found, in words."""
    variable, cause = str(found["loc"][0]), found.get("ctx", {}).get("error")
    reason = f"; {cause}" if isinstance(cause, AddressError) else ""
    return SettingsError(variable, f"must be {setting_type(variable).description}{reason}.")


def default_state_folder(environment: Mapping[str, str]) -> Path:
    """`advisor` in the user's state folder, after the XDG base directory specification (a relative one is ignored)."""
    base = Path(environment.get("XDG_STATE_HOME") or ".")
    home = Path(environment.get("HOME") or Path.home())
    return (base if base.is_absolute() else home / ".local" / "state") / "advisor"


def _unknown(environment: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in (*FIELDS, ORACLE) and name.removesuffix(FILE) not in _SECRETS:
            near = difflib.get_close_matches(name, FIELDS, n=1, cutoff=0.0)[0]
            yield f"{name} is not a setting and has no effect. Did you mean {near}?"
