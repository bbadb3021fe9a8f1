"""How an environment is read: defaults, secrets in files, unknown variables, all mistakes at once."""

from pathlib import Path

import pytest

from bot.config.environment import check_settings, default_state_folder
from bot.config.setting_types import AppType
from tests.bot.config.test_settings import APP, HOME, HOME_TENANT, SLACK, TEAMS, mistake, settings

SECRETS = ("REDIS_URL", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "MICROSOFT_APP_PASSWORD")


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"XDG_STATE_HOME": "/var/state"}, "/var/state/advisor"),
        ({"XDG_STATE_HOME": "relative"}, "/home/ada/.local/state/advisor"),
        ({"XDG_STATE_HOME": ""}, "/home/ada/.local/state/advisor"),
    ],
)
def test_the_state_folder_follows_the_environment(environment: dict[str, str], folder: str) -> None:
    assert default_state_folder({**HOME, **environment}) == Path(folder)
    assert settings(**environment).state == Path(folder)
    assert settings(**environment, ADVISOR_STATE="/elsewhere").state == Path("/elsewhere")


def test_without_a_home_the_state_folder_is_still_absolute() -> None:
    assert default_state_folder({}).is_absolute()


def test_an_unknown_variable_of_ours_is_named_with_its_nearest_neighbour() -> None:
    (warning,) = settings(ADVISOR_SESION_TTL="1d", OTHER="x").warnings
    assert "ADVISOR_SESION_TTL" in warning
    assert "ADVISOR_SESSION_TTL" in warning


def test_each_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    values = {**SLACK, **TEAMS, "REDIS_URL": "redis://:hush@redis:6379/0"}
    for name in SECRETS:
        (tmp_path / name).write_text(f"{values.pop(name)}\n")
    found = settings(**values, **{f"{name}_FILE": str(tmp_path / name) for name in SECRETS})
    assert found.slack_bot_token and found.slack_bot_token.get_secret_value() == "xoxb-1"
    assert found.redis_url and found.redis_url.get_secret_value() == "redis://:hush@redis:6379/0"
    assert found.microsoft_app_password and found.microsoft_app_password.get_secret_value() == "password"
    assert found.slack_http
    assert found.warnings == ()


def test_what_is_no_secret_has_no_file(tmp_path: Path) -> None:
    (tmp_path / "port").write_text("80")
    found = settings(ADVISOR_PORT_FILE=str(tmp_path / "port"))
    assert found.port == 3978
    assert "ADVISOR_PORT_FILE" in found.warnings[0]


@pytest.mark.parametrize(
    ("content", "also", "says"),
    [
        (None, {}, "No such file"),
        (b"", {}, "it is empty"),
        (b"\xff\xfe", {}, "it is no text"),
        (b"xoxb-2", {"SLACK_BOT_TOKEN": "xoxb-1"}, "is set beside SLACK_BOT_TOKEN"),
    ],
)
def test_a_file_that_gives_no_secret_is_named(
    tmp_path: Path, content: bytes | None, also: dict[str, str], says: str
) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_bytes(content)
    found = mistake(SLACK_SIGNING_SECRET="s", SLACK_BOT_TOKEN_FILE=str(file), **also)
    assert found.variable == "SLACK_BOT_TOKEN_FILE"
    assert says in str(found)


@pytest.mark.parametrize(
    ("environment", "kind"),
    [
        (TEAMS, AppType.SINGLE_TENANT),
        ({**TEAMS, "MICROSOFT_APP_TYPE": "MultiTenant"}, AppType.MULTI_TENANT),
        (
            {
                **TEAMS,
                "MICROSOFT_APP_TENANT_ID": "",
                "MICROSOFT_APP_TYPE": "MultiTenant",
                "ADVISOR_TENANTS": HOME_TENANT,
            },
            AppType.MULTI_TENANT,
        ),
    ],
)
def test_an_app_is_of_one_tenant_where_nothing_else_is_said(environment: dict[str, str], kind: AppType) -> None:
    assert settings(**environment).microsoft_app_type is kind


def test_all_mistakes_are_found_at_once() -> None:
    found, mistakes = check_settings(
        {**HOME, "ADVISOR_PORT": "x", "SLACK_BOT_TOKEN": "xapp-1", "MICROSOFT_APP_ID": APP, "REDIS_URL": "http://redis"}
    )
    assert [mistake.variable for mistake in mistakes] == [
        "REDIS_URL",
        "ADVISOR_PORT",
        "SLACK_SIGNING_SECRET",
        "SLACK_BOT_TOKEN",
        "MICROSOFT_APP_PASSWORD",
        "MICROSOFT_APP_TENANT_ID",
    ]
    assert found.port == 3978


def test_what_is_wrong_is_not_called_missing_as_well(tmp_path: Path) -> None:
    _, mistakes = check_settings(
        {**HOME, **TEAMS, "MICROSOFT_APP_PASSWORD": "", "MICROSOFT_APP_PASSWORD_FILE": str(tmp_path / "gone")}
    )
    assert [mistake.variable for mistake in mistakes] == ["MICROSOFT_APP_PASSWORD_FILE"]
