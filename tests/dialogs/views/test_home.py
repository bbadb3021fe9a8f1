"""The Home tab: past recommendations and ideas."""

from dialogs.advisor import Advisor
from dialogs.view import Heading, Paragraph
from dialogs.views.home import History, OwnIdeas, PastRecommendation, home
from dialogs.views.plain_text import plain
from tests.dialogs.talk import NOON


def test_the_own_page_lists_what_there_was(advisor: Advisor) -> None:
    pack, catalogue = advisor.pack, advisor.catalogue
    verdict = pack.verdicts[0]
    nothing = plain(home(catalogue, pack, History()))
    assert "None yet." in nothing
    assert pack.examples[0] in nothing
    assert "by place" not in nothing
    unknown = plain(home(catalogue, pack, None))
    assert "could not look them up" in unknown
    assert "None yet." not in unknown
    past = History(
        (PastRecommendation("Our bot", verdict, NOON, "https://x.org/2"), PastRecommendation("", verdict, NOON)),
        (
            OwnIdeas(3, (("newest", "https://x.org/1"), ("older", "https://x.org/3")), NOON, "C012AI"),
            OwnIdeas(2, (("one", ""), ("", "")), NOON),
        ),
    )
    whole = home(catalogue, pack, past)
    assert "- Our bot: Prompt engineering, 18 Nov 2026\n- Prompt engineering, 18 Nov 2026" in plain(whole)
    assert "https://x.org/2" in str(whole.elements), "a title leads to its conversation"
    assert "C012AI: newest, older and 1 more. Type ideas there" in plain(whole)
    assert "https://x.org/3" in str(whole.elements), "each title leads to where it is from"
    assert "- Between you and me: one, untitled idea. Type ideas there" in plain(whole)
    assert pack.examples[0] not in plain(whole)
    titles = [e for e in whole.elements if isinstance(e, Heading)]
    assert [e.level for e in titles] == [2, 2]
    assert isinstance(whole.elements[0], Paragraph)
