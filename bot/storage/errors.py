"""Errors of the storage. Messages are for operators; they contain no secret and no key."""

from bot.storage.place import Place


class StorageUnavailable(Exception):
    """Redis did not do what it was asked within the time that callers can wait.

    A read had no effect. A write may have been applied all the same (its answer was lost): read again before the next
    step. The message says what Redis or the network answered last, and what to do about it.
    """

    def __init__(self, reason: str, advice: str = "Check that it runs and that REDIS_URL leads to it.") -> None:
        super().__init__(f"Redis is not available: {reason}. {advice}")


class NewerSchema(Exception):
    """The conversation was written by a newer version of the advisor. It is left as it is."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(
            f"A conversation has schema {found}, and this version knows none above {known}. "
            "Finish the roll-out of the newer version, or go back only after the session's time to live."
        )


class CorruptRecord(Exception):
    """What is stored under a key is not what belongs there. `Sessions.delete` removes it if it is a conversation.

    `place` is where it was found; None if the requested place is the one to delete. `reason` is what is wrong;
    callers that know the kind of record name it in their own message.
    """

    def __init__(self, reason: str, place: Place | None = None) -> None:
        super().__init__(f"A record in Redis cannot be read: {reason}. It is damaged, or not the advisor's.")
        self.place = place
        self.reason = reason
