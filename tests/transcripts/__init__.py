"""Conversations that anyone can read, played on every channel."""
