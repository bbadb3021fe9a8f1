"""Settings: types, defaults, and what follows from several; mistakes name the variable and hold no secret."""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config.environment import read_settings
from bot.config.setting_types import AppType, LogLevel
from bot.config.settings import Settings
from bot.config.settings_checks import SettingsError

HOME = {"HOME": "/home/ada"}
SLACK = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "signing"}
APP = "11111111-2222-3333-4444-555555555555"
MANY = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": "s"}
KEY = urlsafe_b64encode(bytes(range(32))).decode()
HOME_TENANT, OTHER_TENANT = "0b7e9a4e-0000-4000-8000-000000000001", "0b7e9a4e-0000-4000-8000-000000000002"
TEAMS = {"MICROSOFT_APP_ID": APP, "MICROSOFT_APP_PASSWORD": "password", "MICROSOFT_APP_TENANT_ID": HOME_TENANT}


def settings(**environment: str) -> Settings:
    return read_settings({**HOME, **environment})


def mistake(**environment: str) -> SettingsError:
    with pytest.raises(SettingsError) as caught:
        settings(**environment)
    return caught.value


def test_nothing_set_gives_the_documented_defaults() -> None:
    found = settings()
    assert (found.host, found.port, found.redis_url, found.redis_wait_replicas) == ("127.0.0.1", 3978, None, 0)
    assert (found.session_ttl, found.log_level, found.log_text) == (timedelta(days=7), LogLevel.INFO, False)
    assert (found.slack_api_url, found.microsoft_app_type) == ("https://slack.com/api/", AppType.SINGLE_TENANT)
    assert (found.tenants, found.warnings) == ((), ())
    assert found.state == Path("/home/ada/.local/state/advisor")


def test_nothing_is_on_and_nothing_is_limited_unless_it_is_asked_for() -> None:
    found = settings()
    assert (found.drain, found.reminders, found.log_format.value, found.unanswered.value) == (0, True, "text", "shared")
    assert (found.record_ttl, found.key_prefix, found.slack_teams) == (timedelta(days=365), "advisor", ())
    secrets = ("local_token", "mcp_token", "slack_bot_token", "slack_app_token", "slack_client_id", "encryption_key")
    assert all(getattr(found, name) is None for name in (*secrets, "pack", "encoder", "microsoft_app_id"))
    assert (found.slack_http, found.slack_socket, found.slack_oauth) == (False, False, False)
    assert (found.local_mode, found.local_teams, found.mcp, found.encryption_keys) == (True, True, True, ())


def test_a_wrong_value_stays_out_of_every_message() -> None:
    with pytest.raises(ValidationError) as caught:
        Settings.model_validate({"ADVISOR_PORT": "s3cret", "ADVISOR_STATE": "/x"})
    assert "s3cret" not in str(caught.value)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        settings().port = 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("604800", timedelta(days=7)),
        ("7d", timedelta(days=7)),
        ("12h", timedelta(hours=12)),
        ("30M", timedelta(minutes=30)),
        ("90s", timedelta(seconds=90)),
    ],
)
def test_a_time_to_live_is_seconds_or_has_a_unit(text: str, value: timedelta) -> None:
    assert settings(ADVISOR_SESSION_TTL=text).session_ttl == value


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("ADVISOR_SESSION_TTL", "7x"),
        ("ADVISOR_SESSION_TTL", "d"),
        ("ADVISOR_SESSION_TTL", "-1"),
        ("ADVISOR_SESSION_TTL", "59"),
        ("ADVISOR_SESSION_TTL", "9999d"),
        ("ADVISOR_SESSION_TTL", "9" * 40),
        ("ADVISOR_SESSION_TTL", "٧d"),
        ("ADVISOR_PORT", "http"),
        ("ADVISOR_PORT", "-1"),
        ("ADVISOR_PORT", "65536"),
        ("ADVISOR_REDIS_WAIT_REPLICAS", "one"),
        ("ADVISOR_REDIS_WAIT_REPLICAS", "-1"),
        ("ADVISOR_LOG_TEXT", "perhaps"),
        ("ADVISOR_LOG_LEVEL", "loud"),
        ("MICROSOFT_APP_TYPE", "Anything"),
        ("ADVISOR_TENANTS", "contoso.example"),
        ("ADVISOR_TENANTS", f"{HOME_TENANT},contoso.example"),
        ("ADVISOR_SLACK_TEAMS", "acme"),
        ("ADVISOR_SLACK_TEAMS", "T0ACME,#ideas"),
        ("ADVISOR_ENCRYPTION_KEY", "s3cret"),
        ("ADVISOR_ENCRYPTION_KEY", f"{KEY}x"),
        ("ADVISOR_ENCRYPTION_KEY", f"{KEY},s3cret"),
        ("ADVISOR_ENCRYPTION_KEY", ","),
        ("SLACK_API_URL", "slack.com/api"),
        ("SLACK_API_URL", "ftp://slack.com/api"),
        ("REDIS_URL", "http://redis"),
        ("REDIS_URL", "redis://"),
        ("REDIS_URL", "redis://host:port"),
        ("REDIS_URL", "redis://host:6379/database"),
        ("REDIS_URL", "unix://relative"),
        ("REDIS_URL", "unix://host/run/redis.sock"),
        ("REDIS_URL", "unix://?db=1"),
        ("REDIS_URL", "redis+sentinel://host:26379"),
        ("REDIS_URL", "redis+sentinel://host:x/main"),
        ("REDIS_URL", "redis+sentinel://,/main"),
        ("REDIS_URL", "redis://host:6380/0?ssl=true"),
        ("REDIS_URL", "redis://host?ssl_cert_reqs=none"),
        ("REDIS_URL", "rediss://host?ssl_cert_reqs=never"),
        ("REDIS_URL", "redis://host?db=abc"),
        ("REDIS_URL", "redis://host?socket_timeout=1"),
        ("REDIS_URL", "redis://host?db=1&db=2"),
        ("REDIS_URL", "unix:///run/redis.sock?ssl_cert_reqs=none"),
        ("REDIS_URL", "redis+sentinel://host/main?db=first"),
        ("REDIS_URL", "redis+sentinel://host/main?socket_timeout=1"),
    ],
)
def test_a_malformed_value_names_its_variable_and_what_would_be_right(variable: str, text: str) -> None:
    error = mistake(**{variable: text})
    assert error.variable == variable
    assert str(error).startswith(f"{variable} must be ")
    assert text not in str(error).split()


def test_workspaces_are_a_list_of_ids() -> None:
    found = settings(**MANY, ADVISOR_SLACK_TEAMS=" t0acme, E0ORG ,,").slack_teams
    assert found == ("T0ACME", "E0ORG")


def test_keys_for_tokens_are_a_list_and_stay_secret() -> None:
    other = urlsafe_b64encode(b"x" * 32).decode()
    found = settings(**MANY, ADVISOR_ENCRYPTION_KEY=f"{KEY} , {other}")
    assert found.encryption_keys == (KEY, other)
    assert KEY not in repr(found) + found.model_dump_json()


@pytest.mark.parametrize(
    "url",
    [
        "redis://host",
        "redis://user:p%40ss@host:6380/2",
        "rediss://host:6380",
        "rediss://host:6380?ssl_cert_reqs=required&ssl_ca_certs=/etc/ca.pem&ssl_check_hostname=false",
        "unix:///run/redis.sock",
        "unix:///run/redis.sock?db=1&username=u&password=p",
        "redis+sentinel://one:26379,two/main",
        "rediss+sentinel://user:pass@[::1]:26379/main?db=1",
    ],
)
def test_every_documented_form_of_redis_url_is_taken(url: str) -> None:
    found = settings(REDIS_URL=url).redis_url
    assert found is not None
    assert found.get_secret_value() == url


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("redis://", "a host is missing"),
        ("redis://host?tls=s3cret", "nothing but db, username"),
        ("redis://host?db=s3cret", "db must be a whole number"),
    ],
)
def test_what_is_wrong_with_redis_url_is_said_without_repeating_it(url: str, says: str) -> None:
    error = str(mistake(REDIS_URL=url))
    assert says in error
    assert "s3cret" not in error


@pytest.mark.parametrize(
    ("environment", "missing", "because"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": " "}, "SLACK_SIGNING_SECRET", "SLACK_APP_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "s"}, "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"),
        ({"SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET", "SLACK_CLIENT_ID"),
        ({"SLACK_CLIENT_SECRET": "s"}, "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"),
        ({"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s"}, "SLACK_SIGNING_SECRET", "SLACK_CLIENT_ID"),
        ({"MICROSOFT_APP_ID": APP}, "MICROSOFT_APP_PASSWORD", "MICROSOFT_APP_ID"),
        ({"MICROSOFT_APP_PASSWORD": "p"}, "MICROSOFT_APP_ID", "MICROSOFT_APP_PASSWORD"),
        (
            {"MICROSOFT_APP_ID": APP, "MICROSOFT_APP_PASSWORD": "p", "MICROSOFT_APP_TYPE": "SingleTenant"},
            "MICROSOFT_APP_TENANT_ID",
            "SingleTenant",
        ),
        (
            {"MICROSOFT_APP_ID": APP, "MICROSOFT_APP_PASSWORD": "p", "ADVISOR_TENANTS": HOME_TENANT},
            "MICROSOFT_APP_TENANT_ID",
            "MICROSOFT_APP_TYPE=MultiTenant",
        ),
        (
            {"MICROSOFT_APP_ID": APP, "MICROSOFT_APP_TYPE": "UserAssignedMSI"},
            "MICROSOFT_APP_TENANT_ID",
            "UserAssignedMSI",
        ),
    ],
)
def test_half_set_credentials_name_the_missing_variable(
    environment: dict[str, str], missing: str, because: str
) -> None:
    error = mistake(**environment)
    assert error.variable == missing
    assert str(error).startswith(f"{missing} is missing")
    assert because in str(error)


def test_tokens_in_each_others_place_are_noticed() -> None:
    assert mistake(SLACK_BOT_TOKEN="xapp-1", SLACK_SIGNING_SECRET="s").variable == "SLACK_BOT_TOKEN"
    assert mistake(SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xoxb-2").variable == "SLACK_APP_TOKEN"


def test_a_managed_identity_needs_no_password() -> None:
    found = settings(MICROSOFT_APP_ID=APP, MICROSOFT_APP_TYPE="userassignedmsi", MICROSOFT_APP_TENANT_ID=HOME_TENANT)
    assert found.microsoft_app_type is AppType.MANAGED_IDENTITY
    assert found.teams


def test_secrets_never_show() -> None:
    secret = "s3cret-value"
    found = settings(
        REDIS_URL=f"redis://user:{secret}@host",
        SLACK_BOT_TOKEN=f"xoxb-{secret}",
        SLACK_SIGNING_SECRET=secret,
        SLACK_APP_TOKEN=f"xapp-{secret}",
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET=secret,
        ADVISOR_LOCAL_TOKEN=secret,
        MICROSOFT_APP_ID=APP,
        MICROSOFT_APP_PASSWORD=secret,
        MICROSOFT_APP_TYPE="MultiTenant",
    )
    assert secret not in repr(found) + str(found) + found.model_dump_json()
    assert secret not in str(mistake(REDIS_URL=f"http://user:{secret}@host"))
    assert secret not in str(mistake(SLACK_BOT_TOKEN=f"xapp-{secret}", SLACK_SIGNING_SECRET=secret))
    assert secret not in str(mistake(ADVISOR_PORT=secret))


@pytest.mark.parametrize(
    ("environment", "on"),
    [
        ({}, {"teams", "local_teams", "local_mode"}),
        (SLACK, {"slack_http"}),
        ({**SLACK, "ADVISOR_LOCAL_TOKEN": "t"}, {"slack_http", "teams", "local_teams"}),
        ({**SLACK, "ADVISOR_LOCAL_TOKEN": "t", "ADVISOR_HOST": "0.0.0.0"}, {"slack_http"}),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}, {"slack_socket"}),
        ({**TEAMS, "ADVISOR_LOCAL_TOKEN": "t"}, {"teams"}),
        ({**SLACK, "ADVISOR_HOST": "0.0.0.0"}, {"slack_http"}),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "ADVISOR_HOST": "0.0.0.0"}, {"slack_socket"}),
        ({**SLACK, "SLACK_APP_TOKEN": "xapp-1", "ADVISOR_HOST": "::"}, {"slack_http", "slack_socket"}),
        ({**MANY, "ADVISOR_HOST": "10.0.0.1"}, {"slack_http", "slack_oauth"}),
        (TEAMS, {"teams"}),
        ({**TEAMS, "ADVISOR_HOST": "0.0.0.0"}, {"teams"}),
        ({"ADVISOR_HOST": "localhost"}, {"teams", "local_teams", "local_mode"}),
        ({"ADVISOR_HOST": "::1"}, {"teams", "local_teams", "local_mode"}),
        ({"ADVISOR_HOST": "127.0.0.1.example.org"}, set()),
        ({"ADVISOR_HOST": "0.0.0.0"}, set()),
        ({"ADVISOR_HOST": "0.0.0.0", "ADVISOR_LOCAL_TOKEN": "t"}, set()),
    ],
)
def test_which_channels_are_on(environment: dict[str, str], on: set[str]) -> None:
    found = settings(**environment)
    channels = ("slack_http", "slack_socket", "slack_oauth", "teams", "local_teams", "local_mode")
    assert {name for name in channels if getattr(found, name)} == on
    reason = found.no_channel_reason()
    if on:
        assert reason is None
    else:
        assert reason is not None
        assert "MICROSOFT_APP_ID" in reason
        assert "ADVISOR_HOST" in reason


def test_a_local_token_is_made_where_it_is_needed_and_none_is_set() -> None:
    made = settings().with_local_token(lambda: "made").local_token
    assert made is not None
    assert made.get_secret_value() == "made"
    kept = settings(ADVISOR_LOCAL_TOKEN="set").with_local_token(lambda: "made").local_token
    assert kept is not None
    assert kept.get_secret_value() == "set"
    for signed in (SLACK, TEAMS, {"ADVISOR_HOST": "0.0.0.0"}):
        assert settings(**signed).with_local_token(lambda: "made").local_token is None


def test_tenants_default_to_the_apps_own() -> None:
    assert settings(**TEAMS).tenants == (HOME_TENANT,)
    both = f"{HOME_TENANT}, {OTHER_TENANT} ,,"
    assert settings(**TEAMS, ADVISOR_TENANTS=both).tenants == (HOME_TENANT, OTHER_TENANT)


@pytest.mark.parametrize("spelt", [str.upper, "{{{}}}".format, lambda text: text.replace("-", "")])
def test_ids_of_microsoft_are_brought_to_the_spelling_of_its_tokens(spelt: Callable[[str], str]) -> None:
    found = settings(**{**TEAMS, "MICROSOFT_APP_ID": spelt(APP), "MICROSOFT_APP_TENANT_ID": spelt(HOME_TENANT)})
    assert (found.microsoft_app_id, found.microsoft_app_tenant_id) == (APP, HOME_TENANT)
    assert found.tenants == (HOME_TENANT,)
    assert settings(**TEAMS, ADVISOR_TENANTS=spelt(OTHER_TENANT)).tenants == (OTHER_TENANT,)


def test_a_tenant_by_its_domain_lets_nobody_in_so_ids_are_asked_for() -> None:
    domain = {**TEAMS, "MICROSOFT_APP_TENANT_ID": "contoso.example", "MICROSOFT_APP_TYPE": "SingleTenant"}
    error = mistake(**domain)
    assert error.variable == "MICROSOFT_APP_TENANT_ID"
    assert "ADVISOR_TENANTS" in str(error)
    found = settings(**domain, ADVISOR_TENANTS=HOME_TENANT)
    assert (found.microsoft_app_tenant_id, found.tenants) == ("contoso.example", (HOME_TENANT,))


def test_without_an_app_no_tenant_is_asked_for() -> None:
    assert settings(MICROSOFT_APP_TENANT_ID="contoso.example").local_teams


LOCAL_SLACK = "http://127.0.0.1:9/api"


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        (MANY, ("ADVISOR_SLACK_TEAMS", "ADVISOR_ENCRYPTION_KEY")),
        ({**MANY, "ADVISOR_SLACK_TEAMS": "T0ACME", "ADVISOR_ENCRYPTION_KEY": KEY}, ()),
        ({**SLACK, "ADVISOR_SLACK_TEAMS": "T0ACME"}, ("ADVISOR_SLACK_TEAMS",)),
        ({**SLACK, "ADVISOR_LOCAL_TOKEN": "t", "ADVISOR_HOST": "0.0.0.0"}, ("ADVISOR_LOCAL_TOKEN",)),
        ({**TEAMS, "ADVISOR_LOCAL_TOKEN": "t"}, ("ADVISOR_LOCAL_TOKEN",)),
        ({**SLACK, "ADVISOR_LOCAL_TOKEN": "t"}, ()),
        ({**TEAMS, "MICROSOFT_APP_ID": "advisor"}, ("MICROSOFT_APP_ID",)),
        (TEAMS, ()),
        ({**TEAMS, "MICROSOFT_APP_TENANT_ID": "", "MICROSOFT_APP_TYPE": "MultiTenant"}, ("ADVISOR_TENANTS",)),
        ({**SLACK, "SLACK_API_URL": LOCAL_SLACK}, ()),
        ({**SLACK, "SLACK_API_URL": "http://slack.example/api/"}, ("SLACK_API_URL",)),
    ],
)
def test_what_is_not_wrong_may_be_worth_a_warning(environment: dict[str, str], named: tuple[str, ...]) -> None:
    found = settings(**environment).warnings
    assert len(found) == len(named)
    assert all(name in warning for name, warning in zip(named, found, strict=True))


def test_slacks_api_ends_in_a_slash() -> None:
    assert settings(SLACK_API_URL=LOCAL_SLACK).slack_api_url == f"{LOCAL_SLACK}/"


@pytest.mark.parametrize("prefix", ["a{b}", "with space", "a:b", "x" * 41, "é"])
def test_a_key_prefix_is_plain(prefix: str) -> None:
    assert mistake(ADVISOR_KEY_PREFIX=prefix).variable == "ADVISOR_KEY_PREFIX"


def test_a_key_prefix_of_ones_own() -> None:
    assert settings(ADVISOR_KEY_PREFIX="staging-1").key_prefix == "staging-1"
