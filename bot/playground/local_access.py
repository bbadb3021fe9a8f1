"""Who may use the playground: holders of the local token on this machine, directly, and no page from elsewhere."""

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.server.local_token import LocalToken, remote_reason

ELSEWHERE = "The playground is for this machine only.\n"
SHUT = (
    "The token is missing, or is of an earlier start. Open the address that the advisor printed when it started: it "
    "ends in ?token=…\n"
)


def guarded(token: LocalToken, handler: Handler) -> Handler:
    """The handler for those who may: 403 for other machines and sites, 401 without the token."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if not (token.is_sent(request) or token.is_kept(request)):
            raise web.HTTPUnauthorized(text=SHUT)
        return await handler(request)

    async def guard(request: web.Request) -> web.StreamResponse:
        return await local_only(request, answer)

    return guard


@web.middleware
async def local_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """403 for other machines and sites."""
    if not is_local(request):
        raise web.HTTPForbidden(text=ELSEWHERE)
    return await handler(request)


def is_local(request: web.Request) -> bool:
    """Whether a request comes from this machine, and was sent by no page of another site."""
    origin = request.headers.get("Origin")
    return remote_reason(request) is None and origin in (None, f"http://{request.host}")


def own_address(request: web.Request) -> str:
    """Where the server that got a local request listens."""
    host, port = request.get_extra_info("sockname")[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
