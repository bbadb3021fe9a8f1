"""Dates as people write them."""

from datetime import date


def long_day(day: date) -> str:
    """With the whole name of the month: "3 February 2026"."""
    return f"{day.day} {day:%B %Y}"


def short_day(day: date) -> str:
    """With the short name of the month: "3 Feb 2026"."""
    return f"{day.day} {day:%b %Y}"
