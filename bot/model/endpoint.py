"""One call of an OpenAI-compatible endpoint: no retry, a limit of time and size, and what came of it."""

import asyncio
import ssl
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

import httpx2
from openai import APIError, APIStatusError, AsyncOpenAI, BadRequestError, UnprocessableEntityError
from pydantic import BaseModel, Field, NonNegativeInt, ValidationError

from bot.config.proxy import proxy_for
from bot.config.settings import Settings

MOST_BYTES = 256 * 1024
"""Of an answer that is read; one of twenty commands has some 5 kB."""

MOST_AT_ONCE = 4


class Outcome(StrEnum):
    """What came of a call."""

    ANSWERED = "answered"
    LATE = "late"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TOO_LARGE = "too_large"
    CUT_OFF = "cut_off"
    INVALID = "invalid"


class Request(Protocol):
    """What is asked: the messages, and the JSON Schema of the answer."""

    @property
    def messages(self) -> Sequence[Mapping[str, str]]: ...

    @property
    def schema(self) -> Mapping[str, Any]: ...


class Called(NamedTuple):
    """A call: its outcome, the answer's text where there is one, and the tokens that the endpoint counted. `detail` is
    for an operator.
    """

    outcome: Outcome
    text: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    detail: str = ""


class Endpoint:
    """The endpoint of the settings. What it does not take of the form of an answer is not asked for again."""

    def __init__(self, settings: Settings) -> None:
        url, key = settings.listener_url or "", settings.listener_key
        proxy = proxy_for(url)
        web = httpx2.AsyncClient(proxy=proxy, trust_env=False, verify=ssl.create_default_context())
        self._client = AsyncOpenAI(
            base_url=url,
            api_key="none" if key is None else key.get_secret_value(),
            max_retries=0,
            http_client=web,
        )
        self._model, self._extra = settings.listener_model or "", settings.listener_extra
        self.limit = settings.listener_limit
        self._places = asyncio.Semaphore(MOST_AT_ONCE)
        self._form = 0

    @property
    def form(self) -> str:
        """Which form of an answer is asked for: `json_schema`, `json_object` or `plain`."""
        return ("json_schema", "json_object", "plain")[self._form]

    async def call(self, request: Request, name: str = "commands", limit: float | None = None) -> Called:
        """Asks once, within a limit in seconds (its own where none is given), which includes the wait for one of four
        places. `name` is that of the answer's schema.
        """
        try:
            async with asyncio.timeout(limit or self.limit), self._places:
                return await self._by_form(request, name)
        except TimeoutError:
            return Called(Outcome.LATE)
        except APIStatusError as error:
            return Called(Outcome.REFUSED, detail=f"HTTP {error.status_code}")
        except (APIError, httpx2.HTTPError, OSError, ValueError) as error:
            late = isinstance(error, httpx2.TimeoutException) or "Timeout" in type(error).__name__
            return Called(Outcome.LATE if late else Outcome.UNREACHABLE, detail=type(error).__name__)

    async def close(self) -> None:
        await self._client.close()

    async def _by_form(self, request: Request, name: str) -> Called:
        forms = _forms(request, name)
        for at in range(self._form, len(forms)):
            try:
                called = await self._once(request.messages, forms[at])
            except (BadRequestError, UnprocessableEntityError):
                if at == len(forms) - 1:
                    raise
            else:
                self._form = at
                return called
        raise AssertionError("there is always a last form")

    async def _once(self, messages: Any, form: Mapping[str, Any]) -> Called:
        ask = self._client.chat.completions.with_streaming_response.create
        body = b""
        given: dict[str, Any] = {"model": self._model, "messages": messages, "extra_body": self._extra, **form}
        async with ask(**given, timeout=None) as response:  # the call has a limit as a whole
            async for chunk in response.iter_bytes(16384):
                body += chunk
                if len(body) > MOST_BYTES:
                    return Called(Outcome.TOO_LARGE)
        return _answer(body)


def _forms(request: Request, name: str) -> tuple[dict[str, Any], ...]:
    schema = {"name": name, "strict": True, "schema": request.schema}
    return (
        {"response_format": {"type": "json_schema", "json_schema": schema}},
        {"response_format": {"type": "json_object"}},
        {},
    )


class _Message(BaseModel):
    content: str


class _Choice(BaseModel):
    finish_reason: str | None = None
    message: _Message


class _Usage(BaseModel):
    prompt_tokens: NonNegativeInt = 0
    completion_tokens: NonNegativeInt = 0


class _Response(BaseModel):
    """What is looked at of a response."""

    choices: list[_Choice] = Field(min_length=1)
    usage: _Usage | None = None


def _answer(body: bytes) -> Called:
    try:
        given = _Response.model_validate_json(body)
    except ValidationError:
        return Called(Outcome.INVALID)
    usage = given.usage or _Usage()
    counted = (usage.prompt_tokens, usage.completion_tokens)
    if given.choices[0].finish_reason != "stop":
        return Called(Outcome.CUT_OFF, "", *counted)
    return Called(Outcome.ANSWERED, given.choices[0].message.content, *counted)
