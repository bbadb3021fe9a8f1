"""The table of settings in the documentation."""

from bot.config.settings import Settings
from tests.readme import settings_table


def test_the_table_has_every_setting_once() -> None:
    table = settings_table().splitlines()
    rows = [line.split("|")[1].strip(" `") for line in table[2:]]
    assert rows == [field.alias for field in Settings.model_fields.values() if field.alias]
    assert all(line.count("|") == 5 for line in table)
    ttl = next(line for line in table if "ADVISOR_SESSION_TTL" in line)
    assert "`7d`" in ttl
    assert "7d, 12h, 30m" in ttl
