"""Where replies may be sent: to Teams' own services, or in local mode to this machine."""

from collections.abc import Callable
from urllib.parse import urlsplit

from bot.server.local_requests import hostname, is_this_machine
from bot.teams.cloud import Cloud

ServiceCheck = Callable[[str], bool]
"""Whether replies may be sent to a serviceUrl."""


def cloud_services(cloud: Cloud) -> ServiceCheck:
    """Only the services of a cloud."""
    return lambda url: _origin(url) in cloud.services


def is_local_service(url: str) -> bool:
    """Whether it is on this machine. A query or fragment would swallow the path of the Connector that is put behind it,
    and a caller could have any address of this machine asked for."""
    return _scheme(url) in ("http", "https") and is_this_machine(hostname(url)) and not set("?#") & set(url)


def _origin(url: str) -> str:
    """Scheme, host and port, with all else before the path; empty where it is no address."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.netloc}".lower()
    except ValueError:
        return ""


def _scheme(url: str) -> str:
    return url.partition(":")[0].lower()
