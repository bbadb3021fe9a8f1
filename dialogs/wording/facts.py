"""The facts from which an answer is worded, chosen by code."""

from typing import NamedTuple


class Fact(NamedTuple):
    """One or two sentences, as the advisor itself would say them.

    `source` is what is shown as its source, "" for the record and the advisor itself. `idea` is the name of the idea
    whose record it is of, `verdict` the id of that idea's verdict.
    """

    text: str
    source: str = ""
    idea: str = ""
    verdict: str = ""
