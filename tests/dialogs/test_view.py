"""Views: links that are left out, buttons that stand out."""

from dialogs.message import Action, Verb
from dialogs.view import Button, Buttons, Items, Link, Paragraph, Span, Style, Table, View, as_line, without_links


def test_what_gets_too_long_leads_nowhere_else_but_by_a_link_that_stands_alone() -> None:
    plain_part, strong = Span("a", Style.PLAIN, ""), Span("b", Style.STRONG, "https://x.org")
    items = Items(((plain_part, strong),))
    assert without_links(items) == Items(((plain_part, strong._replace(url="")),))
    table = Table(("h",), (("c",),), links=("https://x.org",))
    assert without_links(table) == Table(("h",), (("c",),))
    bare = Table(("h",), (("c",),))
    assert without_links(bare) is bare
    for other in (Link("a", "https://x.org"), Paragraph(as_line("a", url="https://x.org"))):
        assert without_links(other) is other


def test_a_button_is_not_the_one_that_stands_out_unless_it_is_said() -> None:
    assert Button(Action(Verb.START), "Go").primary is False
    assert Buttons(()).menu is False
    assert View(()).revision == 0
