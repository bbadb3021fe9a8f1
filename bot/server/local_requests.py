"""Requests that only this machine may make: who connects, the name that was asked for, and signs of a proxy."""

from urllib.parse import urlsplit

from aiohttp import web

from bot.config.setting_types import is_loopback

FORWARDING = frozenset({"forwarded", "via", "x-real-ip", "x-original-host", "true-client-ip", "cf-connecting-ip"})
"""Besides all that begin with `x-forwarded`: headers by which a proxy or tunnel shows."""


def remote_reason(request: web.Request) -> str | None:
    """Why a request does not come directly from this machine; None where it does."""
    peer = request.transport.get_extra_info("peername") if request.transport else None
    if not (isinstance(peer, tuple) and is_this_machine(str(peer[0]))):
        return "the caller is not on this machine"
    if not is_this_machine(hostname(f"//{request.host}")):
        return "asked for by a name that is not this machine's"
    names = {name.lower() for name in request.headers}
    if names & FORWARDING or any(name.startswith("x-forwarded") for name in names):
        return "the request was forwarded"
    return None


def is_this_machine(host: str) -> bool:
    """Whether a host, or the address of a connection, is this machine."""
    return is_loopback(host.removeprefix("::ffff:"))


def hostname(url: str) -> str:
    """The host in an address; empty where it is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
