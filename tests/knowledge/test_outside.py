"""What comes from outside says where it is from and how long it counts; what the source explains names a section."""

import pytest
from pydantic import ValidationError

from knowledge.outside import Term

TERM = {"id": "lora", "title": "LoRA", "text": "It trains a small part. The rest stays.", "names": ["LoRA"]}
ORIGIN = {
    "source": "A paper",
    "url": "https://example.org/paper",
    "read": "2099-01-01",
    "expires": "2099-02-01",
    "confidence": "A",
}
SECTION = {"section": "cost"}


def term(says: str, *parts: dict[str, str]) -> Term:
    return Term.model_validate({**TERM, "says": says, **{name: part[name] for part in parts for name in part}})


def test_who_explains_a_term_says_what_goes_with_it() -> None:
    assert term("article", SECTION).last_day is None
    for one in (term("outside", ORIGIN), term("both", ORIGIN, SECTION)):
        assert str(one.last_day) == "2099-01-31"


@pytest.mark.parametrize("missing", sorted(ORIGIN))
@pytest.mark.parametrize("says", ["outside", "both"])
def test_what_comes_from_outside_says_all_of_where_it_is_from(says: str, missing: str) -> None:
    rest = {name: value for name, value in ORIGIN.items() if name != missing}
    with pytest.raises(ValidationError, match="needs source, url, read, expires and confidence"):
        term(says, rest, SECTION if says == "both" else {})


@pytest.mark.parametrize("given", sorted(ORIGIN))
def test_what_the_source_explains_has_no_other_source(given: str) -> None:
    with pytest.raises(ValidationError, match="has a section and no other source"):
        term("article", SECTION, {given: ORIGIN[given]})


@pytest.mark.parametrize(("says", "parts"), [("article", ()), ("both", (ORIGIN,)), ("outside", (ORIGIN, SECTION))])
def test_a_section_goes_with_what_the_source_explains(says: str, parts: tuple[dict[str, str], ...]) -> None:
    with pytest.raises(ValidationError, match="`section` goes with"):
        term(says, *parts)
