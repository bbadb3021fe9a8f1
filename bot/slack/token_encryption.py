"""Encryption of bot tokens at rest, with the keys of ADVISOR_ENCRYPTION_KEY: docs/decisions/022."""

from collections.abc import Sequence
from contextlib import suppress

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

_VERSION = "gAAAA"
"""How all that Fernet writes begins; JSON begins otherwise."""


class TokenUnreadable(Exception):
    """No key decrypts what is stored."""

    def __init__(self) -> None:
        super().__init__(
            "A workspace's bot token cannot be decrypted. ADVISOR_ENCRYPTION_KEY must have the key that it was "
            "encrypted with, after the first one if that is newer."
        )


class TokenEncryption:
    """The first key encrypts, all decrypt; without keys text stays as it is."""

    def __init__(self, keys: Sequence[str] = ()) -> None:
        self._ciphers = [Fernet(key) for key in keys]

    def encrypt(self, text: str) -> str:
        return self._ciphers[0].encrypt(text.encode()).decode() if self._ciphers else text

    def decrypt(self, stored: str) -> str:
        """The text in a stored form, also one of before any key was set; TokenUnreadable."""
        if not stored.startswith(_VERSION):
            return stored
        with suppress(InvalidToken):
            if self._ciphers:
                return MultiFernet(self._ciphers).decrypt(stored).decode()
        raise TokenUnreadable

    def is_current(self, stored: str) -> bool:
        """Whether a form that can be decrypted is as `encrypt` would store it now."""
        if not self._ciphers or not stored.startswith(_VERSION):
            return not self._ciphers
        with suppress(InvalidToken):
            self._ciphers[0].decrypt(stored)
            return True
        return False
