"""Who may use the playground: this machine, directly, and no page from elsewhere in its browser."""

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.server.local_requests import remote_reason


@web.middleware
async def local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """403 for everybody else."""
    if not is_local(request):
        raise web.HTTPForbidden(text="The playground is for this machine only.\n")
    return await handler(request)


def is_local(request: web.Request) -> bool:
    """Whether a request comes from this machine, and was sent by no page of another site."""
    origin = request.headers.get("Origin")
    return remote_reason(request) is None and origin in (None, f"http://{request.host}")


def own_address(request: web.Request) -> str:
    """Where the server that got a local request listens."""
    host, port = request.get_extra_info("sockname")[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
