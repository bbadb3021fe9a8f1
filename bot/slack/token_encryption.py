"""Encryption of bot tokens at rest, with the keys of ADVISOR_ENCRYPTION_KEY: docs/decisions/022."""

from collections.abc import Sequence

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
        ciphers = [Fernet(key) for key in keys]
        self._first = ciphers[0] if ciphers else None
        self._all = MultiFernet(ciphers) if ciphers else None

    def encrypt(self, text: str) -> str:
        """The form that is stored."""
        return text if self._first is None else self._first.encrypt(text.encode()).decode()

    def decrypt(self, stored: str) -> str:
        """The text in a stored form, also one of before any key was set; TokenUnreadable."""
        if not stored.startswith(_VERSION):
            return stored
        try:
            if self._all is not None:
                return self._all.decrypt(stored).decode()
        except InvalidToken:
            pass
        raise TokenUnreadable

    def is_current(self, stored: str) -> bool:
        """Whether a form that can be decrypted is as `encrypt` would store it now."""
        if self._first is None or not stored.startswith(_VERSION):
            return self._first is None
        try:
            self._first.decrypt(stored)
        except InvalidToken:
            return False
        return True
