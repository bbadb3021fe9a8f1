"""What `advisor doctor` says about scopes and secrets of Slack's app."""

import pytest

from bot.config.findings import Status
from bot.slack.authorization import SCOPES
from bot.slack.check import REQUIRED, _check_scopes, _check_signing_secret

OPTIONAL = sorted(set(SCOPES) - REQUIRED)


@pytest.mark.parametrize(
    ("lacking", "code", "status"),
    [
        ((), "slack_scopes", Status.OK),
        (OPTIONAL[:1], "slack_scope_optional", Status.LOOK),
        (sorted(REQUIRED)[:1], "slack_scope_missing", Status.BAD),
        ([*sorted(REQUIRED)[:1], *OPTIONAL[:1]], "slack_scope_missing", Status.BAD),
    ],
)
@pytest.mark.parametrize("name", ["x-oauth-scopes", "X-OAuth-Scopes"])
def test_scopes_that_are_missing_are_named(name: str, lacking: list[str], code: str, status: Status) -> None:
    given = [scope for scope in SCOPES if scope not in lacking]
    found = _check_scopes({"content-type": "x", name: ", ".join([*given, "another:scope"])})
    assert (found.code, found.status) == (code, status)
    assert all(scope in found.message for scope in lacking)
    assert not any(f" {scope}" in found.message for scope in given if status is not Status.OK)


def test_where_slack_says_nothing_nothing_is_known() -> None:
    assert _check_scopes({"content-type": "x"}).code == "slack_scopes_unknown"


@pytest.mark.parametrize(
    ("secret", "good"),
    [
        ("0" * 32, True),
        ("0123456789abcdef" * 2, True),
        ("0" * 31, False),
        ("0" * 33, False),
        ("g" * 32, False),
        ("", False),
    ],
)
def test_a_signing_secret_has_a_form(secret: str, good: bool) -> None:
    found = _check_signing_secret(secret)
    assert (found.status is Status.OK) is good
    assert not secret or secret not in found.message
