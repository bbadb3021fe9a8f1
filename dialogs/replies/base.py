"""The base of all replies."""


class Reply:
    """Something to show. `views` has exactly one layout for each kind; a test names a missing one."""

    __slots__ = ()
