"""Self-repairs: somebody retracts, further on in a text, what they have just said in it.

They change no recorded answer; what does: `corrections`.
"""

import re
from functools import cache

from dialogs.advisor import Advisor

_MOST = 4
"""More retractions than these are none."""


def around_retraction(advisor: Advisor, text: str) -> tuple[str, str]:
    """The text before and after a retraction: "normal talk... well actually no, jargon". Empty if there is none."""
    phrases = advisor.catalogue.phrases
    found = list(_retraction(phrases.retraction, phrases.retraction_apart).finditer(text))
    return (text[: found[-1].start()], text[found[-1].end() :]) if 0 < len(found) <= _MOST else ("", "")


def takes_back(advisor: Advisor, text: str) -> bool:
    """Whether a text contains a retraction, with words after it."""
    return bool(around_retraction(advisor, text)[1])


@cache
def _retraction(anywhere: tuple[str, ...], apart: tuple[str, ...]) -> re.Pattern[str]:
    """The phrases inside a text; those that are `apart` count only after a punctuation mark, as ordinary English."""
    return re.compile(rf"(?<=\w)(?:\W+(?:{_any_of(anywhere)})|\W*[^\w\s'’]\W*(?:{_any_of(apart)}))\b\W*", re.IGNORECASE)


def _any_of(phrases: tuple[str, ...]) -> str:
    listed = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace("\\ ", r"[\s,]+") for phrase in listed)
