"""What is the same in every conversation, and so needs to be worked out and laid out only once."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from dialogs.view import Element

T = TypeVar("T")


class Once:
    """Keeps what holds nothing but words of one pack and one catalogue; never what a person wrote or is called.

    Its keys are made of the pack's ids and small numbers, so there is an end to them.
    """

    def __init__(self) -> None:
        self._parts: dict[Hashable, object] = {}
        self._ids: set[int] = set()

    def part(self, make: Callable[[], T], *key: Hashable) -> T:
        """What has this key, made when it is needed first."""
        found = self._parts.get(key, self)
        if found is self:
            found = self._parts[key] = make()
            self._ids.add(id(found))
        return found  # type: ignore[return-value]

    def holds(self, element: Element) -> bool:
        """Whether this very object is kept here, for good: then channels may keep what they make of it as well."""
        return id(element) in self._ids
