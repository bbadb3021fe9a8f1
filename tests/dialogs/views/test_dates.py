"""Dates as people write them."""

from datetime import date

from dialogs.catalogue.template import long_day, short_day


def test_days_are_written_as_people_write_them() -> None:
    assert (long_day(date(2026, 2, 3)), short_day(date(2026, 2, 3))) == ("3 February 2026", "3 Feb 2026")
