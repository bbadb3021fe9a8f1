"""The addresses of Microsoft's cloud that the bot uses. Published constants, not settings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cloud:
    """The issuer of incoming tokens, the source of outgoing ones, and the services to which messages may go.

    `services` holds origins: a token is never sent anywhere else, whatever an activity says.
    """

    issuer: str
    openid: str
    login: str
    default_tenant: str
    scope: str
    services: frozenset[str]


PUBLIC = Cloud(
    issuer="https://api.botframework.com",
    openid="https://login.botframework.com/v1/.well-known/openidconfiguration",
    login="https://login.microsoftonline.com",
    default_tenant="botframework.com",
    scope="https://api.botframework.com",
    services=frozenset(
        {
            "https://smba.trafficmanager.net",
            "https://smba.infra.gcc.teams.microsoft.com",
            "https://smba.infra.gov.teams.microsoft.us",
            "https://smba.infra.dod.teams.microsoft.us",
        }
    ),
)
"""The public cloud; the services are those that Teams' documentation on proactive messages names."""
