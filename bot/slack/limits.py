"""Limits of Slack's messages and modals, and our own bound on a message's size.

`blocks`, `buttons`, `modals` and `truncation` keep within them.
"""

MAX_TEXT = 4000
"""UTF-16 units of a message's `text`."""

MAX_SECTION = 3000
"""UTF-16 units of one text object."""

MAX_BLOCKS = 50
"""Blocks of a message."""

MAX_SIZE = 8000
"""Characters of all blocks as the JSON that is sent, in UTF-16 units. Slack refuses long messages; its limit is not
documented."""

MAX_BLOCK_ID = 255
"""Characters of a block's id."""

MAX_LABEL = 75
"""Characters that Slack allows on a button or a radio button, and in a button's description."""

MAX_CONFIRM = {"title": 100, "text": 300, "confirm": 30, "deny": 30}
"""Characters of the parts of what is asked before a button does something."""

MAX_OPTION_VALUE = 150
"""Of a menu's option; the id of a button may be longer."""

MAX_MODAL_TITLE = 24
"""Characters of a modal's title and of the labels of its buttons."""

MAX_MODAL_BLOCKS = 100
"""Blocks of a modal."""

MAX_METADATA = 3000
"""Characters of a modal's private metadata."""

MAX_HINT = 2000
"""Characters of an input's label or hint."""
