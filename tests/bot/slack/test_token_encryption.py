"""Which stored forms of a bot token are as they would be stored now."""

from cryptography.fernet import Fernet

from bot.slack.token_encryption import TokenEncryption

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()


def test_without_keys_what_is_stored_stays_as_it_is() -> None:
    assert TokenEncryption().is_current("xoxb-1") is True
    assert TokenEncryption().encrypt("xoxb-1") == "xoxb-1"


def test_with_keys_only_what_the_first_encrypted_is_current() -> None:
    both = TokenEncryption((NEW, OLD))
    assert both.is_current(both.encrypt("xoxb-1")) is True
    assert both.is_current(TokenEncryption((OLD,)).encrypt("xoxb-1")) is False
    assert both.is_current("xoxb-1") is False
