"""Who may use the playground: this machine, directly, and no page from elsewhere in its browser."""

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.config.types import is_loopback

_FORWARDING = frozenset({"forwarded", "via", "x-real-ip", "x-original-host", "true-client-ip", "cf-connecting-ip"})
"""Besides all that begin with `x-forwarded`: headers by which a proxy or tunnel shows."""


@web.middleware
async def local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """403 for everybody else."""
    if not is_local(request):
        raise web.HTTPForbidden(text="The playground is for this machine only.\n")
    return await handler(request)


def is_local(request: web.Request) -> bool:
    """Whether a request comes from this machine, asks for it by its own name, and was sent by nobody else's page."""
    peer = request.transport.get_extra_info("peername") if request.transport else None
    if not (isinstance(peer, tuple) and is_loopback(str(peer[0]).removeprefix("::ffff:"))):
        return False
    if not is_loopback(_hostname(f"//{request.host}")):
        return False
    names = {name.lower() for name in request.headers}
    if names & _FORWARDING or any(name.startswith("x-forwarded") for name in names):
        return False
    origin = request.headers.get("Origin")
    return origin is None or origin == f"http://{request.host}"


def own_address(request: web.Request) -> str:
    """Where the server that got a local request listens."""
    host, port = request.get_extra_info("sockname")[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _hostname(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
