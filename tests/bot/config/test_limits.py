"""What settings take, at the boundaries; extras that are missing."""

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError

import pytest

from bot.config import version
from bot.config.environment import read_settings
from bot.config.extras import ExtraMissing, needing
from bot.config.settings_checks import SettingsError

HOME = {"HOME": "/home/ana"}


def taken(variable: str, text: str) -> bool:
    try:
        read_settings({**HOME, variable: text})
    except SettingsError as error:
        assert error.variable == variable
        return False
    return True


@pytest.mark.parametrize(
    ("variable", "least", "most"),
    [
        ("ADVISOR_PORT", 0, 65535),
        ("ADVISOR_REDIS_WAIT_REPLICAS", 0, 16),
        ("ADVISOR_DRAIN", 0, 300),
        ("ADVISOR_SESSION_TTL", 60, 3650 * 86400),
        ("ADVISOR_RECORD_TTL", 60, 3650 * 86400),
    ],
)
def test_numbers_have_a_range(variable: str, least: int, most: int) -> None:
    assert taken(variable, str(least))
    assert taken(variable, str(most))
    assert not taken(variable, str(least - 1))
    assert not taken(variable, str(most + 1))


def test_a_prefix_of_keys_has_a_length() -> None:
    assert taken("ADVISOR_KEY_PREFIX", "x" * 40)
    assert not taken("ADVISOR_KEY_PREFIX", "x" * 41)


def test_a_way_into_another_workspace_replaces_the_first() -> None:
    settings = read_settings({**HOME, "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "old"})
    other = settings.with_slack(token="xoxb-2", signing_secret="new", api_url="http://127.0.0.1:1/api/")
    assert other.slack_bot_token is not None
    assert other.slack_signing_secret is not None
    assert other.slack_bot_token.get_secret_value() == "xoxb-2"
    assert other.slack_signing_secret.get_secret_value() == "new"
    assert other.slack_api_url == "http://127.0.0.1:1/api/"
    assert settings.slack_bot_token is not None
    assert settings.slack_bot_token.get_secret_value() == "xoxb-1"


@pytest.mark.parametrize(
    ("module", "error"), [("no_such_package.part", ExtraMissing), ("bot.no_such_module", ModuleNotFoundError)]
)
def test_only_packages_of_others_are_missing_for_want_of_an_extra(module: str, error: type[Exception]) -> None:
    with pytest.raises(error) as refused, needing("slack", "Slack"):
        import_module(module)
    assert type(refused.value) is error
    assert (error is ExtraMissing) == ("[slack]" in str(refused.value))


def test_an_import_that_names_nothing_is_none_of_ours() -> None:
    with pytest.raises(ExtraMissing), needing("slack", "Slack"):
        raise ModuleNotFoundError


def unknown(name: str) -> str:
    raise PackageNotFoundError(name)


@pytest.mark.parametrize(
    ("find", "said"), [(lambda name: f"{name} 1.2", "tune-or-prompt-advisor 1.2"), (unknown, "unknown")]
)
def test_the_version_is_that_of_the_package(
    monkeypatch: pytest.MonkeyPatch, find: Callable[[str], str], said: str
) -> None:
    monkeypatch.setattr(version, "version", find)
    assert version.installed_version() == said
