"""Who may use the playground: this machine alone, and no page from elsewhere."""

from typing import Any
from unittest.mock import Mock

import pytest
from aiohttp.test_utils import make_mocked_request
from aiohttp.web import Request

from bot.playground.local_access import is_local, own_address

HERE = ("127.0.0.1", 5000)


def request(peer: Any = HERE, **headers: str) -> Request:
    transport = Mock()
    transport.get_extra_info.side_effect = lambda name: peer if name == "peername" else None
    given = {"Host": "127.0.0.1:3978", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return make_mocked_request("GET", "/", headers=given, transport=transport)


@pytest.mark.parametrize("host", ["localhost:3978", "127.0.0.1", "[::1]:3978"])
def test_its_own_names(host: str) -> None:
    assert is_local(request(Host=host))
    assert is_local(request(Host=host, Origin=f"http://{host}"))
    assert not is_local(request(Host=host, Origin=f"https://{host}"))


@pytest.mark.parametrize("header", ["Forwarded", "Via", "X_Forwarded_For", "X_Forwarded_Proto", "X_Real_IP"])
def test_nothing_that_was_forwarded(header: str) -> None:
    assert not is_local(request(**{header: "127.0.0.1"}))


@pytest.mark.parametrize(
    ("listens", "address"), [(("127.0.0.1", 3978), "http://127.0.0.1:3978"), (("::1", 3978, 0, 0), "http://[::1]:3978")]
)
def test_where_the_server_listens(listens: Any, address: str) -> None:
    asked = Mock()
    asked.get_extra_info.side_effect = lambda name: listens if name == "sockname" else None
    assert own_address(asked) == address
