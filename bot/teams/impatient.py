"""A session of `requests` that waits for nobody forever: a thread that waits keeps the process from ending."""

from typing import Any

import requests


class Impatient(requests.Session):
    """`patience`: seconds for a connection, and for each part of an answer, where a request does not say."""

    def __init__(self, patience: float) -> None:
        super().__init__()
        self._patience = patience

    def request(self, *args: Any, **options: Any) -> requests.Response:
        """See `requests.Session.request`."""
        return super().request(*args, **{"timeout": self._patience, **options})
