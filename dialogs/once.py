"""Parts of views that are the same in every conversation, and so need to be laid out only once."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from dialogs.view import Element

E = TypeVar("E", bound=Element)


class Once:
    """Keeps elements that hold nothing but words of one pack and one catalogue; never what a person wrote or is called.

    Their keys are made of the pack's ids and small numbers, so there is an end to them.
    """

    def __init__(self) -> None:
        self._parts: dict[Hashable, Element] = {}
        self._ids: set[int] = set()

    def part(self, make: Callable[[], E], *key: Hashable) -> E:
        """The element with this key, made when it is needed first."""
        found = self._parts.get(key)
        if found is None:
            found = self._parts[key] = make()
            self._ids.add(id(found))
        return found  # type: ignore[return-value]

    def holds(self, element: Element) -> bool:
        """Whether this very object is kept here, for good: then channels may keep what they make of it as well."""
        return id(element) in self._ids
