"""From which probability on something is done: the only thresholds of the policy."""

from collections.abc import Mapping

from dialogs.commands.command import Kind

LOOKS = 0.5
"""A look, an explanation, a move: a wrong one costs little."""

INTRODUCES = 0.7
"""A question about the advisor: what is about nothing here is near to it."""

WRITES = 0.7
"""What changes what is stored, or takes something away."""

NAMED_LOOKS, NAMED_EDITS = 0.4, 0.5
"""A look, and a change of the list, that names ideas of it."""

TAKEN = 0.75
"""An answer that is recorded, and said to be."""

PROPOSED = 0.25
"""An answer about the conversation's own idea that is asked back."""

ASKED_BACK = 0.5
"""The same beside answers that are recorded."""

ASKED = 0.65
"""Score of a passage from which somebody who asks for a decision in general is answered with it."""

OFFERED = 0.15
"""What may be meant, and is offered as a button."""

GUESSED = 0.3
"""What a question beside other wishes is answered with, if it may be a look."""

MISSED = 0.4
"""A part beside others of which nothing came is named, if it surely asks for something; small talk hardly does."""

HEARD = 0.1
"""Probability of an answer below which a part is not read for one."""

APART = 0.55
"""A clause is a part by itself from here on."""

SURELY_APART = 0.8
"""The same in a sentence that surely asks for one thing."""

BEGINS = 0.5
"""A line begins an idea, or a list, as a whole."""

ALIKE = 0.55
"""Nearness of a question about the advisor to a known one."""

TOLD = 0.1
"""Probability of a project below which a text that begins an idea does not tell it yet."""

TOLD_WORDS = 8
"""The same in a first message, and by words alone, which hardly tell a project: words of a text that tells it."""

SURE = 0.9
"""A line of one part whose likeliest kind is the only one for the built-in sources: a language model that is asked only
in doubt is not asked."""

READ = 0.1
"""Probability of an answer in its quote from which it is recorded though only a language model hears it in the line."""

TOLD_ALONE = 0.02
"""Probability of an idea beside others, and of another title, from which it is done though only a language model hears
it."""

_WRITING = (Kind.CLEAR, Kind.NOTE, Kind.RETARGET, Kind.IDEA, Kind.IDEAS, Kind.EDIT, Kind.SET, Kind.CONFIRM)
LEAST: Mapping[Kind, float] = {kind: WRITES if kind in _WRITING else LOOKS for kind in Kind}
"""The same by the kind of a command."""
