"""A summary of the settings: which channels are on, which are off, and what would turn them on."""

from dataclasses import dataclass

from bot.config.settings import Settings


@dataclass(frozen=True, slots=True)
class ChannelStatus:
    """Whether a channel is on. `detail` is where it is served, or what would turn it on. `partly`: a state between on
    and off, in words."""

    name: str
    on: bool
    detail: str
    partly: str = ""

    @property
    def state(self) -> str:
        """How far it is on, in a word or two."""
        return self.partly or ("on" if self.on else "off")

    def __str__(self) -> str:
        return f"  {self.name:<10} {self.state:<3}  {self.detail}"


def channels(settings: Settings) -> tuple[ChannelStatus, ...]:
    """The channels, in the order in which they are listed."""
    terminal = ChannelStatus("Terminal", True, "advisor chat")
    return (_slack(settings), _teams(settings), _mcp(settings), _playground(settings), terminal)


def _slack(settings: Settings) -> ChannelStatus:
    ways = {
        "HTTP: POST /slack/events": settings.slack_http,
        "Socket Mode": settings.slack_socket,
        "install: GET /slack/install": settings.slack_oauth,
    }
    if any(ways.values()):
        return ChannelStatus("Slack", True, ", ".join(way for way, on in ways.items() if on))
    if settings.local_mode:
        return ChannelStatus("Slack", False, "(set SLACK_BOT_TOKEN for the real one; docs/slack.md)", "playground only")
    return ChannelStatus(
        "Slack", False, "set SLACK_BOT_TOKEN, and SLACK_SIGNING_SECRET or SLACK_APP_TOKEN; see docs/slack.md"
    )


def _teams(settings: Settings) -> ChannelStatus:
    if settings.microsoft_app_id is not None:
        tenants = len(settings.tenants)
        return ChannelStatus("Teams", True, f"POST /api/messages, for {tenants} tenant{'' if tenants == 1 else 's'}")
    if settings.local_teams:
        return ChannelStatus("Teams", True, "POST /api/messages, this machine only, local token; see docs/teams.md")
    return ChannelStatus(
        "Teams", False, "set MICROSOFT_APP_ID, or ADVISOR_LOCAL_TOKEN for this machine only; see docs/teams.md"
    )


def _mcp(settings: Settings) -> ChannelStatus:
    if settings.mcp_token is not None:
        return ChannelStatus("MCP", True, "POST /mcp, for assistants with ADVISOR_MCP_TOKEN; see docs/mcp.md")
    if settings.mcp:
        return ChannelStatus("MCP", True, "POST /mcp, this machine only, local token; see docs/mcp.md")
    return ChannelStatus("MCP", False, "set ADVISOR_MCP_TOKEN, or run advisor mcp; see docs/mcp.md")


def _playground(settings: Settings) -> ChannelStatus:
    if settings.local_mode:
        return ChannelStatus("Playground", True, "GET /, this machine only: as on Slack and as in Teams, in a browser")
    return ChannelStatus(
        "Playground", False, "it is there only without credentials, and with ADVISOR_HOST on this machine"
    )


def storage(settings: Settings) -> str:
    """Where conversations are kept."""
    return f"embedded server in {settings.state}" if settings.redis_url is None else "Redis (REDIS_URL)"
