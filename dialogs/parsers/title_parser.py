"""Parses the new title in a text that gives an idea another one."""

import re

from dialogs.advisor import Advisor
from dialogs.parsers.phrases import alternatives
from dialogs.titles import TITLE_LIMIT
from knowledge.typed_answers.word_parser import fold

_QUOTED = re.compile(r"(?<!\w)[\"“„«']\s*([^\"”“»']{3,}?)\s*[\"”“»'](?:\W|$)")

_BEHIND_COLON = re.compile(r"[:>]\s*(\S[^:>]*)$")


def new_title(advisor: Advisor, text: str) -> str:
    """The title in a text that renames something, as it was typed; "" if there is none.

    It stands in quotation marks, behind a colon, or behind the last word that leads to one. What a "not" denies is the
    old title.
    """
    talk = advisor.catalogue.board
    denied = alternatives(talk.title_denied)
    told = re.sub(rf"\b(?:{denied})\s+[\"“„«'][^\"”“»']*[\"”“»']", " ", text, flags=re.I)
    found = _QUOTED.search(told) or _BEHIND_COLON.search(told) or _behind(advisor, talk.title_calls, told, first=True)
    found = found or _behind(advisor, talk.title_leads, told, first=False)
    return "" if found is None else clean_title(found[1])


def _behind(advisor: Advisor, leads: tuple[str, ...], text: str, *, first: bool) -> re.Match[str] | None:
    """What stands behind the first or the last of some words, up to a mark or to words that end a title."""
    talk = advisor.catalogue.board
    denied, ends = alternatives(talk.title_denied), alternatives(talk.title_ends)
    before = ".*?" if first else ".*"
    lead = rf"{before}(?:\b(?:{alternatives(leads)})\b|->)\s+(?!(?:{denied})\b)(?=\w)"
    return re.match(rf"{lead}(.+?)\s*(?:[.,;!?]|\b(?:{ends})\b|$)", text, re.I | re.S)


def clean_title(text: str) -> str:
    """A title without quotation marks, no longer than one may be; "" where no word is left."""
    title = text.strip(" \"'“”„«».:;,!?")
    return title[:TITLE_LIMIT] if fold(title) else ""
