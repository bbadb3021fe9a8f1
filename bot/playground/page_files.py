"""The page's files as they were built; without them, a text that says how to get them."""

from pathlib import Path

from aiohttp import web

from bot.playground.local_access import guarded
from bot.playground.page_build import DIST, WAY_OUT
from bot.server.local_token import LocalToken

HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def routes(token: LocalToken, dist: Path = DIST) -> list[web.AbstractRouteDef]:
    """`/` and what it loads, guarded."""
    index = dist / "index.html"
    built = index.is_file()
    files = {file.name: file for file in (dist / "assets").iterdir() if file.is_file()} if built else {}

    async def page(request: web.Request) -> web.StreamResponse:
        """The page, which keeps the token as a cookie. It is no redirection: a browser that comes from another site's
        link would follow it without the cookie."""
        if not built:
            text = f"The advisor runs here, but the page to talk to it is not built. {WAY_OUT}\n"
            return web.Response(text=text, headers=HEADERS)
        response = web.FileResponse(index, headers=HEADERS)
        if token.is_in_address(request):
            token.keep(request, response)
        return response

    async def asset(request: web.Request) -> web.StreamResponse:
        file = files.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        return web.FileResponse(file, headers=HEADERS)

    return [web.get("/", guarded(token, page)), web.get("/assets/{name}", guarded(token, asset))]
