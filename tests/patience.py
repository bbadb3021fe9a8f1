"""How long tests wait. Only what hangs takes so long: how slow a machine is says nothing about the code."""

import os
from dataclasses import replace

from bot.storage.redis_retries import Timeouts

LONG = os.environ.get("ADVISOR_FAULTS") == "long"
"""The long form of the tests that kill processes: it has a machine to itself, so there figures count as well."""

HUNG = 30.0
"""Seconds after which whatever a test waits for has failed."""

STARTING = 120.0
"""The same for what a process of its own does: on a busy machine it takes half a minute until one has begun."""

UNHURRIED = Timeouts(total=HUNG, connect=HUNG / 2, answer=HUNG / 2)
"""For a server that is there."""

BRIEF = replace(UNHURRIED, answer=2.0)
"""For replicas that are not there: they are waited for in vain."""
