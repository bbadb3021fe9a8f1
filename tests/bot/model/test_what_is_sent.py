"""What is sent over a talk of two people: of what they type the line alone, and titles; of who they are nothing."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest

from bot.model.calls import ModelCalls
from bot.model.endpoint import Called, Outcome
from bot.model.listener import ModelListener
from dialogs.commands.command import Command, Kind, What
from dialogs.message import Message, Person, Typed
from dialogs.played_talk import PlayedTalk
from dialogs.understanding.model.request import Request
from tests.by_words import advisor_by_words
from tests.dialogs.executor.lines import edit, note

TALK = """
hi there, lovely advisor, Wuppertal greets
we want a bot for parking questions of our tenants, ask zedrick@example.org
no archive so far, sadly, the basement flooded
maybe thirty a day, in Wuppertal
call me on +49 170 123 45 67 or (555) 123-4567
<@U7XY> said the budget is tight because of the roof
see https://wiki.example.net/a?b=c for the roof
always the same wording, our janitor insists
why do you want to hear that
what does tuning cost, roughly, in zloty
triage / sort the letters of our plumbers by trade, mail plumbers@example.net or +44 20 7946 0958 / hymns by dictation
we have 12,000 letters in the cellar
lots of letters every morning, and the treasurer is generous
ideas
2: no samples, sorry, says the treasurer
rename 2 to Fax desk fax@example.net
the fax one has plenty of samples after all
compare 1 and 2, please, for the aldermen
and how about the first one, hm
for 2 the works council has to nod
what if we had money like a casino
undo
show me that list, would you
hm, do away with the second one
the other one meant I, the parking, obviously
a third thing might be drafts of condolences
who decides here, you or a committee
is it safe, given C:\\Users\\zedrick\\secret.txt
write me a mail for the mayor
shorter please, mayors are busy
how sure is that, in marbles
which of them first, in your humble view
<at>Bo Li</at> knows more of gardening
und auf Deutsch, bitteschoen
what would change the fax one, a flood
all of them are urgent, screams the mayor
can you forget the treasurer thing
2 is about faxes, not about sonnets
I meant the last one, www.example.com/xylophone
bye, and feed the parrot
""".strip().splitlines()

HEARD = {
    "for 2 the works council has to nod": note("the works council has to nod", "2"),
    "write me a mail for the mayor": Command(Kind.WRITE, What.MAIL, value="style=short; for=the mayor"),
    "hm, do away with the second one": edit(What.REMOVE, "2"),
    "all of them are urgent, screams the mayor": note("screams the mayor", "1"),
    "a third thing might be drafts of condolences": Command(Kind.EDIT, What.RENAME, ("1",), value="drafts"),
    "can you forget the treasurer thing": Command(Kind.CLEAR, What.NOTE, value="treasurer", quote="the treasurer"),
}
"""What the model hears, so that something is noted and offered that later requests might tell."""

PEOPLE = (Person("U1", "Ana Berg"), Person("U2", "Bo Li"))
PRIVATE = ("Ana", "Berg", "Bo Li", "U1", "U2", "U7XY", "zedrick", "example", "170", "7946", "555", "C:", "chat.x")


@dataclass
class Recording:
    """Hears what is written down for the line that is asked about, and keeps the requests."""

    asked: list[Request] = field(default_factory=list)
    limit: float = 2.5

    async def call(self, request: Request, name: str, limit: float | None) -> Called:
        self.asked.append(request)
        heard = HEARD.get(told_in(request)["line"])
        return Called(Outcome.ANSWERED, json.dumps({"commands": [] if heard is None else [heard.as_json()]}))


def told_in(request: Request) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(request.messages[1]["content"])
    return told


def words(*texts: str) -> set[str]:
    return {word.casefold() for text in texts for word in re.findall(r"[^\W\d_]{4,}", text)}


@pytest.fixture
async def asked() -> list[Request]:
    advisor, endpoint = advisor_by_words(), Recording()
    listener, talk = ModelListener(advisor, ModelCalls(endpoint), always=True), PlayedTalk(advisor)
    for number, text in enumerate(TALK):
        message = Message(f"m{number}x", PEOPLE[number % 2], 1_795_000_000 + number, Typed(text.replace(" / ", "\n")))
        message = message._replace(permalink="https://chat.x/p1", link="https://chat.x/l")
        heard = None
        if listener.wanted(talk.before(), message):
            heard = await listener.heard(talk.before(), message)
        talk.play(message._replace(heard=heard))
    assert len(TALK) == 40
    assert len(endpoint.asked) > 20
    return endpoint.asked


def test_nobody_is_named_and_no_address_is_sent(asked: list[Request]) -> None:
    for request in asked:
        sent = request.messages[1]["content"]
        assert not [private for private in PRIVATE if private in sent], sent


def test_of_what_was_typed_only_the_line_and_titles_are_sent(asked: list[Request]) -> None:
    pack = advisor_by_words().pack
    known = words(asked[0].messages[0]["content"], *(entry.title for entry in pack.entries))
    typed = words(*TALK) - known
    assert len(typed) > 60
    for request in asked:
        told = told_in(request)
        for listed in told["context"].get("list", ()):
            listed.pop("title", None)
        for text in told["context"].get("texts", ()):
            whom = words(text.pop("for", ""))
            assert whom <= words(told["line"])
        assert not words(json.dumps(told["context"], ensure_ascii=False)) & typed, told


def test_the_talk_has_what_must_not_be_sent(asked: list[Request]) -> None:
    """Else the tests above could not fail: offers, notes, titles with addresses, texts for somebody."""
    contexts = [told_in(request)["context"] for request in asked]
    assert any(context.get("offered") for context in contexts)
    assert any("for" in text for context in contexts for text in context.get("texts", ()))
    assert any("for" not in text for context in contexts for text in context.get("texts", ()))
    titles = {each.get("title", "") for context in contexts for each in context.get("list", ())}
    assert any("…" in title for title in titles), titles
