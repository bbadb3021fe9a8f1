"""What a card must keep to in Teams: the part of Adaptive Cards 1.5 that phones show, and rules that no schema has.

A check answers with problems, each with its place in the card.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

LIMIT = 28 * 1024
"""Bytes as UTF-8: more was refused."""

MOST_ACTIONS = 6
"""In one set, those of its menu not counted: what comes after is not shown."""

_TEXT_LOOK = {"size", "weight", "color", "isSubtle", "fontType"}
_BLOCK = {"type", "id", "spacing", "separator", "height", "isVisible", "fallback"}
_ACTION = {"type", "id", "title", "data", "style", "tooltip", "mode", "isEnabled", "fallback"}

_INPUT = _BLOCK | {"label", "value", "isRequired", "errorMessage"}

_PROPERTIES: Mapping[str, tuple[tuple[str, ...], set[str]]] = {
    "AdaptiveCard": (("version", "fallbackText", "body"), {"type", "$schema", "speak", "lang", "msteams"}),
    "TextBlock": (("text", "wrap"), _BLOCK | _TEXT_LOOK | {"maxLines", "style", "horizontalAlignment"}),
    "RichTextBlock": (("inlines",), _BLOCK | {"horizontalAlignment"}),
    "TextRun": (("text",), _TEXT_LOOK | {"type", "italic", "underline", "strikethrough", "highlight", "selectAction"}),
    "Container": (("items",), _BLOCK | {"style", "bleed"}),
    "ColumnSet": (("columns",), _BLOCK),
    "Column": (("items",), _BLOCK | {"width", "verticalContentAlignment"}),
    "ActionSet": (("actions",), _BLOCK),
    "Input.Text": (("id", "label"), _INPUT | {"placeholder", "isMultiline", "maxLength", "style"}),
    "Input.ChoiceSet": (("id", "label", "choices"), _INPUT | {"style", "wrap", "isMultiSelect"}),
    "Action.Execute": (("title", "verb", "data", "fallback"), _ACTION),
    "Action.Submit": (("title", "data"), _ACTION),
    "Action.ToggleVisibility": (("title", "targetElements"), {"type", "id", "style", "tooltip"}),
}
"""What each kind must have, and what it may have besides."""

_VALUES: Mapping[str, set[object]] = {
    "version": {"1.5"},
    "wrap": {True},
    "separator": {True, False},
    "isSubtle": {True, False},
    "spacing": {"None", "Small", "Default", "Medium", "Large", "ExtraLarge", "Padding"},
    "size": {"Small", "Default", "Medium", "Large", "ExtraLarge"},
    "weight": {"Lighter", "Default", "Bolder"},
    "mode": {"primary", "secondary"},
}

_STYLES: Mapping[str, set[str]] = {
    "TextBlock": {"default", "heading"},
    "Container": {"default", "emphasis", "good", "attention", "warning", "accent"},
    "Input.Text": {"text", "tel", "url", "email", "password"},
    "Input.ChoiceSet": {"compact", "expanded", "filtered"},
    "Action.Execute": {"default", "positive", "destructive"},
    "Action.Submit": {"default", "positive", "destructive"},
    "Action.ToggleVisibility": {"default", "positive", "destructive"},
}

_CHILDREN: Mapping[str, tuple[str, set[str]]] = {
    "AdaptiveCard": (
        "body",
        {"TextBlock", "RichTextBlock", "Container", "ColumnSet", "ActionSet", "Input.Text", "Input.ChoiceSet"},
    ),
    "Container": ("items", {"TextBlock", "RichTextBlock", "Container", "ColumnSet", "ActionSet"}),
    "ColumnSet": ("columns", {"Column"}),
    "Column": ("items", {"TextBlock", "RichTextBlock", "Container", "ActionSet"}),
    "RichTextBlock": ("inlines", {"TextRun"}),
    "ActionSet": ("actions", {"Action.Execute", "Action.Submit", "Action.ToggleVisibility"}),
}


def problems(card: object) -> list[str]:
    """What is wrong with a card; nothing where Teams would show it, on phones as well."""
    if not isinstance(card, dict) or card.get("type") != "AdaptiveCard":
        return ["card: is no AdaptiveCard"]
    size = len(json.dumps(card, ensure_ascii=False).encode())
    found = [f"card: has {size} bytes, at most {LIMIT} are accepted"] if size > LIMIT else []
    return [*found, *_element(card, "card"), *_repeated_ids(card)]


def _element(element: Mapping[str, Any], where: str) -> Iterator[str]:
    kind = element["type"]
    required, others = _PROPERTIES[kind]
    for name in sorted(element.keys() - others - {*required}):
        yield f"{where}: {kind} has no {name}"
    for name in required:
        if element.get(name) in (None, "", [], {}) and name != "data":
            yield f"{where}: {kind} needs {name}"
    for name, value in element.items():
        if name in _VALUES and value not in _VALUES[name]:
            yield f"{where}: {name} cannot be {value!r}"
    if "style" in element and element["style"] not in _STYLES.get(kind, set()):
        yield f"{where}: style cannot be {element['style']!r}"
    if not isinstance(element.get("text", ""), str):
        yield f"{where}: text is no string"
    if "selectAction" in element and not _leads_within_teams(element["selectAction"]):
        yield f"{where}: selectAction may open a place in Teams, and nothing else"
    if kind != "Action.ToggleVisibility":
        yield from _action(element, where) if kind.startswith("Action.") else _children(element, where)


def _leads_within_teams(action: object) -> bool:
    """Links of the advisor lead to messages and chats; none is made of what people write."""
    if not isinstance(action, dict) or action.keys() != {"type", "url"}:
        return False
    return action["type"] == "Action.OpenUrl" and str(action["url"]).startswith("https://teams.microsoft.com/l/")


def _children(element: Mapping[str, Any], where: str) -> Iterator[str]:
    name, kinds = _CHILDREN.get(element["type"], ("", set()))
    children = element.get(name, [])
    if not isinstance(children, list):
        yield f"{where}.{name}: is no list"
        return
    shown = [child for child in children if not isinstance(child, dict) or child.get("mode") != "secondary"]
    if name == "actions" and len(shown) > MOST_ACTIONS:
        yield f"{where}: {len(shown)} actions, at most {MOST_ACTIONS} are shown"
    for number, child in enumerate(children):
        place = f"{where}.{name}[{number}]"
        if not isinstance(child, dict) or child.get("type") not in kinds:
            yield f"{place}: must be one of {', '.join(sorted(kinds))}"
        else:
            yield from _element(child, place)


def _action(action: Mapping[str, Any], where: str) -> Iterator[str]:
    """A press must come back whole, from clients that know Action.Execute and from those that do not."""
    data, fallback = action.get("data"), action.get("fallback")
    if not isinstance(data, dict):
        yield f"{where}: data is no object"
    elif "fallback" in action and isinstance(fallback, dict):
        if fallback.get("type") != "Action.Submit":
            yield f"{where}.fallback: must be an Action.Submit"
        else:
            yield from _element(fallback, f"{where}.fallback")
            if fallback.get("data") != {**data, "verb": action.get("verb")}:
                yield f"{where}.fallback: data must repeat the action's, with its verb"


def _repeated_ids(card: Mapping[str, Any]) -> list[str]:
    counted = Counter(_ids(card))
    return [f"card: the id {found!r} occurs {times} times" for found, times in counted.items() if times > 1]


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("type"), str) and isinstance(value.get("id"), str):
            yield value["id"]
        for child in value.values():
            yield from _ids(child)
    elif isinstance(value, list):
        for child in value:
            yield from _ids(child)
