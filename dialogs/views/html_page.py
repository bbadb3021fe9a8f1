"""A layout as one HTML page that prints: it holds all that it shows, runs nothing and loads nothing."""

from collections.abc import Iterable
from html import escape

from dialogs.view import Element, Heading, Items, Line, Link, Mention, Note, Paragraph, Span, Style

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body{{font:11pt/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111}}
h1,h2{{line-height:1.25;break-after:avoid}}h1{{font-size:1.6rem}}h2{{font-size:1.05rem;margin:1.4rem 0 .3rem}}
ul,ol{{margin:.3rem 0}}li{{break-inside:avoid}}@media print{{body{{margin:0}}}}@page{{margin:18mm}}</style></head>
<body><main><h1>{title}</h1>
{body}
</main></body></html>
"""


def html_page(title: str, elements: Iterable[Element]) -> str:
    """The page. Buttons, and what only a chat has, are left out."""
    return _PAGE.format(title=escape(title), body="\n".join(filter(None, map(_element, elements))))


def _element(element: Element) -> str:
    match element:
        case Heading(line):
            return f"<h2>{_line(line)}</h2>"
        case Paragraph(line):
            return f"<p>{_line(line)}</p>"
        case Note(line):
            return f"<p><small>{_line(line)}</small></p>"
        case Items(lines, numbered):
            tag = "ol" if numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{_line(line)}</li>' for line in lines)}</{tag}>"
        case Link(text, url):
            return f"<p>{_span(Span(text, url=url))}</p>"
        case _:
            return ""


def _line(line: Line) -> str:
    return "".join(_span(Span(part.person.name or "") if isinstance(part, Mention) else part) for part in line)


def _span(span: Span) -> str:
    """Its text, as a link if it leads to a page."""
    shown = f"<strong>{escape(span.text)}</strong>" if span.style is Style.STRONG else escape(span.text)
    return f'<a href="{escape(span.url)}">{shown}</a>' if span.url.startswith(("https://", "http://")) else shown
