"""The verdict on one message without a conversation; nothing of it is stored.

For Slack's message shortcut, Teams' message action, and `advisor triage TEXT`.
"""

from dialogs.advisor import Advisor
from dialogs.form_submission import Judged, Submission, judge_form
from dialogs.limits import bounded
from dialogs.replies.notices import left_out
from dialogs.view import View
from dialogs.views import lay_out

TEXT_LIMIT = 10_000
"""Most characters of a message that are read."""


def verdict_on_message(advisor: Advisor, text: str, at: int) -> Judged:
    """What was read from a message, what is missing, and the result or that not enough is said yet."""
    bounds = bounded(text)
    judged = judge_form(advisor, Submission(idea=bounds.text), at, read_out=True)
    lead = lay_out(advisor, left_out(bounds), 0).elements
    return judged._replace(view=View((*lead, *judged.view.elements)))
