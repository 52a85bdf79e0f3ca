# Generated from dify_chatflow/_async/client.py by `make generate`; change it there.
"""The client: one app, one API key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import TYPE_CHECKING, Any, Self, TypedDict, TypeVar, Unpack

from dify_chatflow._config import APIKey, parse_key_source, read_config
from dify_chatflow._limits import DEFAULT_TIMEOUT, MAX_RESPONSE_SIZE, TimeoutTypes
from dify_chatflow._log import switch_on
from dify_chatflow._options import RequestOptions, check_names
from dify_chatflow._response import read_response
from dify_chatflow._sync.pool import Pool
from dify_chatflow._sync.session import Session

if TYPE_CHECKING:
    from dify_chatflow._file_sources import FileTypes
    from dify_chatflow._middleware import Middleware
    from dify_chatflow._raw import RawResponse
    from dify_chatflow._sync.conversation import Conversation
    from dify_chatflow._sync.raw import Raw
    from dify_chatflow._sync.resources.annotations import Annotations
    from dify_chatflow._sync.resources.application import Application
    from dify_chatflow._sync.resources.audio import Audio
    from dify_chatflow._sync.resources.chat import Chat
    from dify_chatflow._sync.resources.conversations import Conversations
    from dify_chatflow._sync.resources.end_users import EndUsers
    from dify_chatflow._sync.resources.feedback import Feedback
    from dify_chatflow._sync.resources.files import Files
    from dify_chatflow._sync.resources.human_input import HumanInput
    from dify_chatflow._sync.resources.runs import Runs
    from dify_chatflow._transport import HTTPClient

T = TypeVar("T")


class Settings(TypedDict, total=False):
    """The settings of an `Chatflow`, for `with_options`."""

    api_key: APIKey
    base_url: str
    user: str | None
    timeout: TimeoutTypes
    max_retries: int
    http_client: HTTPClient
    headers: Mapping[str, str | None]
    middleware: Sequence[Middleware]
    max_response_size: int
    validate_inputs: bool


class Chatflow:
    """One Dify chatflow app.

    Threads and tasks may share it. Each forked process and each event loop has its own connections; an own
    `http_client` serves one process and one event loop.

    Args:
        api_key: The app's API key; None reads the environment variable `DIFY_API_KEY`. For keys that change, a function
            that returns the key; it is called for each attempt.
        base_url: The API's URL; None reads `DIFY_BASE_URL`, then uses Dify's cloud (`https://api.dify.ai/v1`). The URL
            of a self-hosted server usually ends in `/v1`.
        user: The end user for calls without one.
        timeout: Seconds, or (connect, read, write, pool) in seconds, or an `httpx.Timeout`, or None to wait without
            limit. The default is 5 s for connecting and 300 s for everything else: runs take minutes.
        max_retries: The number of retries of a failed request. Requests that may have started a run are never retried.
        http_client: Your own HTTP client: an `httpx.Client`, or one with its interface. Its proxies, TLS settings
            and timeouts are used, except that `timeout` wins over them, and its default over the library's default of
            5 s. Closing the client leaves it open.
        headers: Headers of every request; None removes a default one. Further headers are read from the environment
            variable `DIFY_HEADERS`: one a line, as `Name: value`.
        middleware: Functions `(request, call_next) -> response` around each attempt, the outermost first. Their errors
            are raised unchanged. See `docs/middleware.md`.
        max_response_size: The largest size in bytes of a decompressed body that is held in memory (256 MiB); streams
            and downloads to a file have no such limit.
        validate_inputs: True checks `inputs` of queries against `application.input_form()` before anything is sent. The
            form is read with the first query and kept for five minutes; inputs that do not match it are checked again
            with a new one. Queries with a `workflow_id` are not checked: another version may have other variables.

    Raises:
        ConfigurationError: The API key is missing, or the base URL or another argument is invalid.

    Example:
        with Chatflow(user="abc-123") as app:
            answer = app.chat.send("What does a full service cost?")
            print(answer.answer)

    """

    def __init__(
        self,
        api_key: APIKey | None = None,
        *,
        base_url: str | None = None,
        user: str | None = None,
        timeout: TimeoutTypes = DEFAULT_TIMEOUT,
        max_retries: int = 2,
        http_client: HTTPClient | None = None,
        headers: Mapping[str, str | None] | None = None,
        middleware: Sequence[Middleware] = (),
        max_response_size: int = MAX_RESPONSE_SIZE,
        validate_inputs: bool = False,
    ) -> None:
        api_key = parse_key_source(api_key)  # error reporters show local variables
        config = read_config(
            api_key=api_key,
            base_url=base_url,
            user=user,
            timeout=timeout,
            max_retries=max_retries,
            headers=headers,
            middleware=middleware,
            max_response_size=max_response_size,
            validate_inputs=validate_inputs,
        )
        self._session = Session(config, Pool(http_client))
        switch_on()

    def with_options(self, **settings: Unpack[Settings]) -> Self:
        """Return a copy with other settings that shares the connections.

        Args:
            **settings: Those of the client by the same names; the others are kept. `headers` are added to the existing
                ones. Another `http_client` has its own connections.

        Returns:
            The copy; closing either closes the connections of both.

        Raises:
            ConfigurationError: A setting is invalid.

        Example:
            run = app.with_options(timeout=10, max_retries=0).runs.get(run_id)

        """
        changes: dict[str, Any] = {**settings}
        if "api_key" in settings:  # error reporters show local variables
            settings["api_key"] = changes["api_key"] = parse_key_source(settings["api_key"])
        check_names(changes, Settings.__optional_keys__, depth=1)
        pool = Pool(changes.pop("http_client")) if "http_client" in changes else self._session.pool
        return self._with_session(Session(self._session.config.with_changes(changes), pool))

    @property
    def user(self) -> str | None:
        """The end user for calls without one."""
        return self._session.config.user

    @property
    def is_closed(self) -> bool:
        """True after closing: no request can be sent any more."""
        return self._session.pool.is_closed

    @property
    def base_url(self) -> str:
        """The URL of the API."""
        return self._session.config.base_url

    # Resources are imported on first access: `chat` takes 55 ms of CPU time on top of the client's 25 ms.

    @cached_property
    def chat(self) -> Chat:
        """Queries and their answers."""
        from dify_chatflow._sync.resources.chat import Chat

        return Chat(self._session)

    @cached_property
    def conversations(self) -> Conversations:
        """Conversations, their messages and variables."""
        from dify_chatflow._sync.resources.conversations import Conversations

        return Conversations(self._session)

    @cached_property
    def files(self) -> Files:
        """Uploads and downloads."""
        from dify_chatflow._sync.resources.files import Files

        return Files(self._session)

    @cached_property
    def feedback(self) -> Feedback:
        """Ratings of answers."""
        from dify_chatflow._sync.resources.feedback import Feedback

        return Feedback(self._session)

    @cached_property
    def audio(self) -> Audio:
        """Speech to text and back."""
        from dify_chatflow._sync.resources.audio import Audio

        return Audio(self._session)

    @cached_property
    def runs(self) -> Runs:
        """Run details, logs and events."""
        from dify_chatflow._sync.resources.runs import Runs

        return Runs(self._session)

    @cached_property
    def human_input(self) -> HumanInput:
        """Forms of paused runs."""
        from dify_chatflow._sync.resources.human_input import HumanInput

        return HumanInput(self._session)

    @cached_property
    def annotations(self) -> Annotations:
        """Questions with a fixed answer."""
        from dify_chatflow._sync.resources.annotations import Annotations

        return Annotations(self._session)

    @cached_property
    def application(self) -> Application:
        """The app itself."""
        from dify_chatflow._sync.resources.application import Application

        return Application(self._session)

    @cached_property
    def end_users(self) -> EndUsers:
        """The people the app talks to."""
        from dify_chatflow._sync.resources.end_users import EndUsers

        return EndUsers(self._session)

    @cached_property
    def raw(self) -> Raw:
        """The same methods, with status, headers and body in addition to the parsed value."""
        from dify_chatflow._sync.raw import Raw

        return Raw(self._session)

    def conversation(self, id: str | None = None, *, user: str | None = None) -> Conversation:  # noqa: A002
        """Return a conversation that keeps its id between queries.

        Args:
            id: The conversation to continue; None starts a new one.
            user: The end user; None uses the client's default.

        Returns:
            The conversation; its `send` and `stream` continue it, and its other methods read and change it.

        Example:
            talk = app.conversation()
            talk.send("My bike squeaks.")

        """
        from dify_chatflow._conversation import ConversationState
        from dify_chatflow._sync.conversation import Conversation

        return Conversation(self._session, ConversationState(id or None, user), lambda: self.conversations)

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, object] | None = None,
        json: object = None,
        data: Mapping[str, object] | None = None,
        files: Mapping[str, FileTypes] | None = None,
        **options: Unpack[RequestOptions],
    ) -> RawResponse[Any]:
        """Send a request that no method covers, with the client's key, errors, retries, limits and log.

        Args:
            method: The HTTP method. As everywhere, POST and PATCH are not retried once they may have been received.
            path: The path after the base URL, such as `/info`.
            params: Parameters of the query.
            json: The JSON body.
            data: Fields of a form.
            files: Files of a multipart form, by field: paths, bytes, open files, or tuples of name and content.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The response; `parsed` is the JSON body, or None where the body is not JSON but `content`.

        Raises:
            ConfigurationError: The method or the path is invalid, or a value cannot be sent.
            APIStatusError, APIConnectionError: As for every method.
            ResponseDecodeError: The body is invalid JSON.

        Example:
            response = app.request("GET", "/info")
            print(response.status_code, response.parsed["name"])

        """
        from dify_chatflow._custom import custom_operation, custom_request
        from dify_chatflow._sync.raw import RecordingSession

        session = RecordingSession(self._session).with_options(options)
        operation = custom_operation(method, path)
        with ExitStack() as opened:
            request = session.add_extras(custom_request(operation, opened, params, json, data, files))
            response = session.send(request)
        return session.raw_response(read_response(operation, response, request.label))

    def close(self) -> None:
        """Close the connections; your own HTTP client stays open."""
        self._session.pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        if "_session" not in vars(self):  # a traceback shows a client whose settings are invalid
            return f"{type(self).__name__}()"
        config = self._session.config
        return f"{type(self).__name__}(base_url={config.base_url!r}, user={config.user!r})"

    def _with_session(self, session: Session) -> Self:
        copy = object.__new__(type(self))
        copy._session = session
        return copy

    def __copy__(self) -> Self:
        return self._with_session(Session(self._session.config, self._session.pool.copy()))

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self.__copy__()

    def __reduce__(self) -> tuple[Any, ...]:
        if not self._session.pool.is_own:
            raise TypeError("cannot pickle a client with its own http_client: create the client in the other process")
        return unpickle, (type(self), self._session.config.picklable_settings())


def unpickle(kind: Callable[..., T], settings: Mapping[str, Any]) -> T:
    """Return a client from its pickle, which holds no key: it is read from `DIFY_API_KEY`."""
    return kind(**settings)
