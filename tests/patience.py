"""How long tests wait. Only what hangs takes so long: how slow a machine is says nothing about the code."""

import os

from bot.sessions import Patience

LONG = os.environ.get("ADVISOR_FAULTS") == "long"
"""The long form of the tests that kill processes: it has a machine to itself, so there figures count as well."""

HUNG = 300.0
"""Seconds after which whatever a test waits for has failed."""

UNHURRIED = Patience(total=HUNG, connect=HUNG / 5, answer=HUNG / 5)
"""For a server that is there."""
