"""Answers to questions about a result: reasons, changes, suppositions."""

from dataclasses import replace

from dialogs.advisor import Advisor
from dialogs.commands.command import What
from dialogs.replies.results import OtherResult, ResultPart
from dialogs.view import Items
from dialogs.views.plain_text import plain
from tests.dialogs.views.shown import ALL, ids, laid_out, result, text


def test_other_results_are_told_and_offered_where_one_answer_makes_them(advisor: Advisor) -> None:
    pack = advisor.pack
    one = ((pack.question("data"), "no"),)
    other = laid_out(advisor, OtherResult(one, pack.verdicts[0], pack.verdicts[-1], label="Set it"))
    assert "it would be Prompt engineering instead of fine-tuning." in plain(other)
    assert ids(other) == ["offer:1"]
    two = (*one, (pack.question("budget"), "limited"))
    same = laid_out(advisor, OtherResult(two, pack.verdicts[0], pack.verdicts[0]))
    assert "With Training data: no, or only a handful and Budget: limited, it would still be" in plain(same)
    assert ids(same) == []


def test_reasons_and_changes_are_told_or_that_there_are_none(advisor: Advisor) -> None:
    shown = result(advisor)
    reasons = laid_out(advisor, ResultPart(What.VERDICT, shown))
    assert plain(reasons).startswith(
        "Tune the model on your own examples. 5 of 5 answers for it. Fine-tuning, and why:"
    )
    (items,) = [e for e in reasons.elements if isinstance(e, Items)]
    assert len(items.lines) == len(ALL)
    nothing = text(advisor, ResultPart(What.VERDICT, result(advisor, {})))
    assert advisor.pack.deciding.default.text.removesuffix(".") in nothing
    assert "It would change with:" in text(advisor, ResultPart(What.WOULD_CHANGE, shown))
    assert "no other answers would change it" in text(
        advisor, ResultPart(What.WOULD_CHANGE, replace(shown, changes=()))
    )
