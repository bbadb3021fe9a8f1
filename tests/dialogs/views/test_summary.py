"""A result for other people: the summary as Markdown, and the result that is shared."""

from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

from dialogs.advisor import Advisor
from dialogs.answer import IdeaNote
from dialogs.conversation import Conversation
from dialogs.flows.replay import summarise
from dialogs.message import Person
from dialogs.replies import Reply
from dialogs.replies.results import ResultPage, SharedResult
from dialogs.view import Heading, Items, Link, Preformatted, line_text
from dialogs.views import lay_out
from dialogs.views.plain_text import plain
from dialogs.views.summary import page, page_file
from knowledge.decision import decide
from tests.dialogs.talk import NOON
from tests.dialogs.views import recommended
from tests.dialogs.views.recommended import combinations
from tests.dialogs.views.shown import finished, ids, laid_out, named, text


def shared(advisor: Advisor, conversation: Conversation, link: str | None = None, **changes: object) -> SharedResult:
    summary = summarise(advisor.knowledge, conversation, NOON, link)
    return replace(SharedResult(summary, Person("ana", "Ana")), **changes)  # type: ignore[arg-type]


def test_who_gave_the_answers_is_named_once_or_behind_each(advisor: Advisor) -> None:
    one = text(advisor, shared(advisor, named(advisor, "Ana", "Ana")))
    assert "Answers by Ana, 18 Nov 2026\n" in one
    assert "(Ana)" not in one
    two = text(advisor, shared(advisor, named(advisor, "Ana", "Ben")))
    assert "Answers, 18 Nov 2026\n" in two
    assert "high, or strict on time (Ben)" in two
    nobody = text(advisor, shared(advisor, named(advisor, None, None)))
    assert "Answers, 18 Nov 2026\n" in nobody
    assert "(" not in nobody.partition("Answers, ")[2].partition("What would")[0]
    assert "Answers" not in text(advisor, shared(advisor, finished(advisor, {})))


def test_a_shared_result_has_the_note_the_link_and_no_buttons(advisor: Advisor) -> None:
    bare = laid_out(advisor, shared(advisor, finished(advisor), by=Person("ana")))
    assert ids(bare) == []
    assert "Shared by" not in plain(bare)
    assert "“" not in plain(bare).partition("Answers")[0]
    assert not any(isinstance(e, Link) for e in bare.elements)
    assert plain(bare).startswith(advisor.pack.title)
    whole = laid_out(advisor, shared(advisor, finished(advisor, idea="Our\n bot"), "https://x.org", note="Look!"))
    assert plain(whole).startswith("Our\n“Look!”\nTune the model on your own examples")
    assert "Fine-tuning · 5 of 5 answers for it" in plain(whole).splitlines()[3]
    assert "“Look!”" in plain(whole)
    assert "Shared by Ana." in plain(whole)
    assert "Open the conversation: https://x.org" in plain(whole)
    lists = [e for e in whole.elements if isinstance(e, Items)]
    assert len(next(e for before, e in pairwise(whole.elements) if shows(before, "What would change it")).lines) == 2
    assert lists[-1].numbered, "the plan"
    assert "18 November 2026" in plain(whole)


def test_a_summary_is_markdown_with_everything_that_matters(advisor: Advisor) -> None:
    def source(conversation: Conversation, link: str | None = None) -> list[str]:
        shown = laid_out(advisor, summarise(advisor.knowledge, conversation, NOON, link))
        (made,) = [e for e in shown.elements if isinstance(e, Preformatted)]
        return made.text.splitlines()

    lines = source(finished(advisor, idea="Our bot"), "https://x.org")
    assert lines[0] == "# Our bot"
    assert lines[2].startswith("Tune the model on your own examples"), "the sentence first"
    assert lines[3] == "Fine-tuning · 5 of 5 answers for it"
    assert [line for line in lines if line.startswith("## ")] == [
        "## Answers, 18 Nov 2026",
        "## Why",
        "## What would change it",
        "## Do next",
    ]
    assert lines[lines.index("## Answers, 18 Nov 2026") + 1] == "- Training data: yes, hundreds or more"
    assert lines[lines.index("## Do next") + 1].startswith("1. ")
    changes = lines[lines.index("## What would change it") + 1 : lines.index("## Do next") - 1]
    assert len(changes) == 2
    assert "The conversation: https://x.org" in lines
    assert not any("The conversation" in line for line in source(finished(advisor)))
    assert "## Answers by Ana, 18 Nov 2026" in source(named(advisor, "Ana", "Ana"))


def test_answers_of_several_days_have_their_day(advisor: Advisor) -> None:
    told = named(advisor, "Ana", "Ben")
    later = replace(told.answers["data"], at=NOON + 2 * 86400)
    shown = text(advisor, shared(advisor, told.replace(answers={**told.answers, "data": later})))
    assert "Answers\n" in shown
    assert "high, or strict on time (Ben, 18 Nov 2026)" in shown
    assert "20 Nov 2026)" in shown


def test_the_record_has_the_status_and_the_notes(advisor: Advisor) -> None:
    summary = summarise(advisor.knowledge, finished(advisor), NOON, None)
    summary = replace(summary, status="approved", notes=("legal has to agree",))
    for reply in (SharedResult(summary, Person("ana")), summary):
        assert "Status: approved" in text(advisor, reply)
        assert "legal has to agree" in text(advisor, reply)
    notes = summarise(advisor.knowledge, finished(advisor).replace(notes=(IdeaNote("dear", "ana", NOON),)), NOON, None)
    assert notes.notes == ("dear",)


def shows(element: object, title: str) -> bool:
    return isinstance(element, Heading) and line_text(element.line) == title


def for_others(advisor: Advisor, options: dict[str, str]) -> tuple[str, str]:
    """The result as it is shared, and as a summary."""
    summary = summarise(advisor.knowledge, recommended.finished(advisor.pack, options), NOON, None)
    replies: tuple[Reply, ...] = (SharedResult(summary, Person("ana"), ""), summary)
    shared, copied = (plain(lay_out(advisor, (reply,), 0)) for reply in replies)
    return shared, copied


def test_a_verdict_against_most_answers_says_why_to_others_as_well(advisor: Advisor) -> None:
    for options in combinations(advisor.pack):
        decided = decide(advisor.pack, options)
        default = advisor.pack.deciding.default
        stands = decided.verdict == advisor.pack.verdicts[0].id and decided.agree <= decided.against
        for shown in for_others(advisor, options):
            assert ("held back by" in shown) == bool(decided.limits), options
            assert ("decided by" in shown) == (decided.forced is not None and not decided.limits), options
            told = bool(decided.limits) or decided.forced is not None
            assert (default.text.rstrip(".") in shown) == (stands and not told), options
            assert not decided.held_back or decided.forced or stands or decided.held_back[0].text in shown, options


def test_the_page_holds_all_that_it_shows_and_escapes_what_people_write(advisor: Advisor) -> None:
    evil = '<script>alert(1)</script> & "bot"'
    told = named(advisor, evil, evil).replace(idea=evil, heading=evil)
    summary = summarise(advisor.knowledge, told, NOON, "https://x.org/?a=1&b=2")
    shown = page(advisor.catalogue, replace(summary, notes=(evil,), status=evil))
    assert shown.startswith("<!doctype html>")
    assert "default-src 'none'" in shown
    assert shown.count("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;bot&quot;") == 5
    assert '<a href="https://x.org/?a=1&amp;b=2">Open the conversation</a>' in shown
    used = tags(shown)
    assert not {"script", "img", "link", "iframe", "object", "base", "form"} & {tag for tag, _ in used}
    assert {name for _, names in used for name in names} <= {"lang", "charset", "http-equiv", "content", "name", "href"}
    for part in ("Answers by", "Why", "What would change it", "Do next", "Also noted"):
        assert f"<h2><strong>{part}" in shown
    assert "javascript" not in page(advisor.catalogue, replace(summary, link="javascript:alert(1)"))


def test_the_file_of_a_page_has_a_name_that_is_good_everywhere(advisor: Advisor) -> None:
    def name(title: str) -> str:
        told = finished(advisor).replace(heading=title)
        file = page_file(advisor.catalogue, ResultPage(summarise(advisor.knowledge, told, NOON, None)))
        return file.name

    assert name('../b: \\"über_uns\\"\n/c?') == "record-b-über-uns-c.html"
    assert name("x" * 300) == f"record-{'x' * 60}.html"


def tags(shown: str) -> list[tuple[str, list[str]]]:
    """Each tag with the names of its attributes."""
    found: list[tuple[str, list[str]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, [name for name, _ in attrs]))

    Reader().feed(shown)
    return found
