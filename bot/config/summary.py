"""What these settings turn on, what they leave off, and what to do about it: for the start and for `advisor doctor`."""

from dataclasses import dataclass

from bot.config.settings import Settings


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the house. `says` is where it is to be had, or what would turn it on."""

    name: str
    on: bool
    says: str

    def __str__(self) -> str:
        return f"  {self.name:<10} {'on ' if self.on else 'off'}  {self.says}"


def channels(settings: Settings) -> tuple[Part, ...]:
    """The channels, in the order in which they are told."""
    return (_slack(settings), _teams(settings), _playground(settings), Part("Terminal", True, "advisor chat"))


def _slack(settings: Settings) -> Part:
    ways = []
    if settings.slack_http:
        ways.append("HTTP: POST /slack/events")
    if settings.slack_socket:
        ways.append("Socket Mode")
    if settings.slack_oauth:
        ways.append("install: GET /slack/install")
    if ways:
        return Part("Slack", True, ", ".join(ways))
    return Part("Slack", False, "set SLACK_BOT_TOKEN, and SLACK_SIGNING_SECRET or SLACK_APP_TOKEN; see docs/slack.md")


def _teams(settings: Settings) -> Part:
    if settings.microsoft_app_id is not None:
        tenants = len(settings.tenants)
        return Part("Teams", True, f"POST /api/messages, for {tenants} tenant{'' if tenants == 1 else 's'}")
    if settings.local_teams:
        return Part("Teams", True, "POST /api/messages, this machine only, without sign-in; see docs/teams.md")
    return Part(
        "Teams", False, "set MICROSOFT_APP_ID, or ADVISOR_HOST to 127.0.0.1 for this machine only; see docs/teams.md"
    )


def _playground(settings: Settings) -> Part:
    if settings.playground:
        return Part("Playground", True, "GET /, this machine only: as on Slack and as in Teams, in a browser")
    return Part("Playground", False, "it is there only without credentials, and with ADVISOR_HOST on this machine")


def storage(settings: Settings) -> str:
    """Where conversations are kept."""
    if settings.redis_url is None:
        return f"embedded server in {settings.state}"
    return "Redis (REDIS_URL)"
