"""The layout of the buttons for feedback."""

from dialogs.catalogue import Catalogue
from dialogs.feedback import DOWN, UP
from dialogs.message import Action, Verb
from dialogs.view import Button, Feedback


def feedback(catalogue: Catalogue, *about: str) -> Feedback:
    """Up and down, for a result or for what was looked up."""
    up, down = (
        Button(Action(Verb.FEEDBACK, (value,)), catalogue.text(label), catalogue.text(description))
        for value, label, description in (
            (UP, "feedback_up_label", "feedback_up_description"),
            (DOWN, "feedback_down_label", "feedback_down_description"),
        )
    )
    return Feedback(",".join(about), up, down)
