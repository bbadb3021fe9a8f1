"""What the tests of the channels have as well."""

from tests.bot.conftest import storage, stores

__all__ = ["storage", "stores"]
