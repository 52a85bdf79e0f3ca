# Generated from dify_chatflow/_async/resources/chat.py by `make generate`; change it there.
"""Chat: send queries, and wait for the answer or stream it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, Unpack

from dify_chatflow._attachments import Attachment, attachments
from dify_chatflow._concurrency import sleep
from dify_chatflow._errors import ConfigurationError
from dify_chatflow._models import ChatAnswer
from dify_chatflow._options import ChatOptions, RequestOptions
from dify_chatflow._query import Query
from dify_chatflow._request import PreparedRequest, with_model
from dify_chatflow._response import check_no_stream, handed_over_run, read_response
from dify_chatflow._retry import LONGEST_WAIT, parse_retry_after
from dify_chatflow._streaming.options import ChatStreamOptions, StreamSettings
from dify_chatflow._sync.session import Resource, Session
from dify_chatflow_client.api.chatflows import get_advanced_suggested_questions as suggested_questions
from dify_chatflow_client.api.chatflows import send_advanced_chat_message as send_message

if TYPE_CHECKING:
    from dify_chatflow._streaming.reply import Reply
    from dify_chatflow._sync.stream import ChatStream
    from dify_chatflow._sync.turn import Turn
    from dify_chatflow_client.models.chat_request import ChatRequest
    from dify_chatflow_client.models.file_input import FileInput
    from dify_chatflow_client.models.success_result import SuccessResult
    from dify_chatflow_client.models.suggested_questions import SuggestedQuestions

# What only streams, files, handed-over runs or other methods need is imported there: it is more than what `send` needs,
# whose first call would take twice as long.

SEND = with_model(send_message.operation, ChatAnswer)
CHAT_OPTIONS = ChatOptions.__optional_keys__


class Chat(Resource):
    """`app.chat`: queries and their answers."""

    def send(
        self,
        query: str,
        *,
        inputs: Mapping[str, Any] | None = None,
        conversation_id: str | None = None,
        files: Sequence[Attachment] | None = None,
        auto_generate_name: bool | None = None,
        workflow_id: str | None = None,
        user: str | None = None,
        via: Literal["blocking", "stream"] = "blocking",
        **options: Unpack[ChatOptions],
    ) -> ChatAnswer:
        """Send a query and wait for the complete answer.

        Args:
            query: The user's question.
            inputs: Values of the app's input variables, which may be uploaded files; `application.input_form()` lists
                them, and `validate_inputs=True` of the client checks them first.
            conversation_id: The conversation to continue; None or an empty string starts a new one. Servers also start
                a new one for an unknown id: compare `answer.conversation_id`.
            files: Files for the query: results of `files.upload`, URLs, or paths and open files, which are uploaded
                first.
            auto_generate_name: False leaves a new conversation without a name; the server generates one by default.
            workflow_id: The published version to run; None runs the newest.
            user: The end user; None uses the client's default.
            via: `stream` collects the answer from a stream, for servers behind proxies that cut silent connections. A
                dropped stream reconnects to its run without sending the query again.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`,
                `trace_id`, `trace_session_id`; see `ChatOptions`.

        Returns:
            The answer. `answer.paused` is True when the run waits for human input.

        Raises:
            ConfigurationError: No end user is set, or `validate_inputs` is on and an input does not fit the app.
            BadRequestError: The server refuses an input, or the run failed.
            RateLimitError: Too many runs are under way.
            ResponseDecodeError: The response has no answer; Dify 1.13.0 answers only streams, so pass `via="stream"`.
            StreamInterruptedError: The server handed the run over to another, and its end or its message cannot be
                found; the error has its `workflow_run_id`.
            APITimeoutError: The run takes longer than the read timeout (300 s), and still runs; `start` and `runs.wait`
                need no connection meanwhile.

        Example:
            answer = app.chat.send("What does a full service cost?", user="abc-123")
            print(answer.answer)

        """
        session = self._session.with_options(options, CHAT_OPTIONS)
        if via not in ("blocking", "stream"):  # pyright: ignore[reportUnnecessaryContains]
            raise ConfigurationError(f"via must be 'blocking' or 'stream'; got {via!r:.80}")
        owner = self._config.required_user(user)
        arguments = Query(query, inputs, conversation_id, files, auto_generate_name, workflow_id, owner)
        if via == "blocking":
            return send_blocking(session, arguments)
        with open_stream(session, arguments, StreamSettings(resume=True)) as stream:
            reply = stream.until_done()
        return ChatAnswer.from_reply(reply.raise_for_status())

    def stream(
        self,
        query: str,
        *,
        inputs: Mapping[str, Any] | None = None,
        conversation_id: str | None = None,
        files: Sequence[Attachment] | None = None,
        auto_generate_name: bool | None = None,
        workflow_id: str | None = None,
        user: str | None = None,
        **options: Unpack[ChatStreamOptions],
    ) -> ChatStream:
        """Send a query and stream its answer.

        Args:
            query: The user's question; see `send` for the arguments up to `user`.
            inputs: Values of the app's input variables.
            conversation_id: The conversation to continue.
            files: Files for the query.
            auto_generate_name: False leaves a new conversation without a name.
            workflow_id: The published version to run.
            user: The end user; None uses the client's default.
            **options: How the stream is read, see `StreamOptions`: `resume=True` reconnects a dropped stream to its
                run, without repeating events or sending the query again; `idle_timeout` and `start_timeout` (60)
                limit the seconds without an event and without the first one, `end_timeout` (10) those for
                `message_end` and the rest of the speech after `workflow_finished`; `stop_on_exit=True` stops the run
                when the `with` block is left before the end; `include_pings=True` yields pings; `accumulate=False`
                keeps only ids in `reply`; `max_event_size` is the largest event in bytes (16 MiB). Further `timeout`,
                `max_retries`, `extra_headers`, `extra_query`, `extra_body`, `trace_id`, `trace_session_id`; see
                `ChatOptions`.

        Returns:
            The stream: a context manager and an iterator of typed events. Nothing is sent before it is entered.

        Raises:
            ConfigurationError: No end user is set.
            BadRequestError: The server refuses an input.
            StreamError, StreamInterruptedError, APITimeoutError: While reading; see ChatStream.

        Example:
            with app.chat.stream("What does a full service cost?", user="abc-123") as stream:
                for text in stream.text_deltas():
                    print(text, end="")
        """
        session = self._session.with_options(options, ChatStreamOptions.__optional_keys__)
        owner = self._config.required_user(user)
        arguments = Query(query, inputs, conversation_id, files, auto_generate_name, workflow_id, owner)
        return open_stream(session, arguments, StreamSettings.of(options))

    def start(
        self,
        query: str,
        *,
        inputs: Mapping[str, Any] | None = None,
        conversation_id: str | None = None,
        files: Sequence[Attachment] | None = None,
        auto_generate_name: bool | None = None,
        workflow_id: str | None = None,
        user: str | None = None,
        **options: Unpack[ChatOptions],
    ) -> Reply:
        """Send a query, and return as soon as its run is under way; the run continues without a connection.

        Servers before 1.13 lose the answer of a run whose stream is not read, so there the method reads it to its end.

        Args:
            query: The user's question; see `send` for the arguments up to `user`.
            inputs: Values of the app's input variables.
            conversation_id: The conversation to continue.
            files: Files for the query.
            auto_generate_name: False leaves a new conversation without a name.
            workflow_id: The published version to run.
            user: The end user; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`,
                `trace_id`, `trace_session_id`; see `ChatOptions`.

        Returns:
            The reply so far, with `workflow_run_id` for `runs.wait` and `runs.events`, `task_id` for `stop`,
            `conversation_id` and `message_id`. `workflow_run_id` is None where moderation or an annotation has
            answered without a run: `answer` is complete then.

        Raises:
            ConfigurationError: No end user is set.
            BadRequestError: The server refuses an input.
            StreamInterruptedError: The connection was lost before the run was under way, and it cannot be joined.
            StreamIdleError: No run has started in 60 s; servers 1.13.0 to 1.14.2 refuse inputs and conversations so.

        Example:
            started = app.chat.start("Write the yearly report.")
            if started.workflow_run_id is not None:
                print(app.runs.wait(started.workflow_run_id).outputs)

        """
        from dify_chatflow._streaming.lifecycle import is_run_of_worker

        session = self._session.with_options(options, CHAT_OPTIONS)
        owner = self._config.required_user(user)
        arguments = Query(query, inputs, conversation_id, files, auto_generate_name, workflow_id, owner)
        with open_stream(session, arguments, StreamSettings(resume=True)) as stream:
            for event in stream:
                if is_run_of_worker(event) and stream.workflow_run_id is not None:
                    break
        # On 1.16.1 a refused input starts no run, but its stream reports the failure of one.
        return stream.reply if stream.workflow_run_id is not None else stream.reply.raise_for_status()

    def stop(
        self,
        task_id: str,
        *,
        workflow_run_id: str | None = None,
        user: str | None = None,
        **options: Unpack[RequestOptions],
    ) -> SuccessResult:
        """Stop a running answer.

        Args:
            task_id: The task, from a stream's events, `start` or a blocking answer.
            workflow_run_id: The run of the task, to verify the stop: the method then returns when the run's detail has
                its end, within 30 s. None returns when the server has taken the request.
            user: The end user of the query; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            `result` is always `success`, also for an unknown task; `runs.get` shows whether the run was stopped.

        Raises:
            ConfigurationError: No end user is set.
            RunTimeoutError: The run has not ended in 30 s, for example because the task is not its own. At once on
                servers before 1.10.1, which store no end of a stopped run.

        Example:
            started = app.chat.start("Tell me everything about brakes.")
            app.chat.stop(started.task_id or "", workflow_run_id=started.workflow_run_id)

        """
        from dify_chatflow._sync.stopping import stop_run

        owner = self._config.required_user(user)
        return stop_run(self._session.with_options(options), task_id, owner, workflow_run_id)

    def suggested(
        self, message_id: str, *, user: str | None = None, **options: Unpack[RequestOptions]
    ) -> SuggestedQuestions:
        """Return suggestions for the next query.

        Args:
            message_id: The answer that the suggestions follow.
            user: The end user of the query; None uses the client's default.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The suggestions in `data`; an empty list when the model has none.

        Raises:
            ConfigurationError: No end user is set.
            BadRequestError: Suggestions are switched off in the app.
            NotFoundError: The message does not exist.

        Example:
            for question in app.chat.suggested(answer.message_id).data:
                print(question)

        """
        owner = self._config.required_user(user)
        return self._session.with_options(options).call(suggested_questions.operation, message_id, user=owner)


def send_blocking(session: Session, query: Query) -> ChatAnswer:
    """Send a query and return its answer."""
    request = session.prepare(SEND, body=request_body(session, query, "blocking"))
    # The headers are read first: Dify 1.13.0 answers with pings for 300 s.
    with session.open(request, is_held=True) as response:
        check_no_stream(response, request.label)
        response.read()
    run_id = handed_over_run(response)
    if run_id is None:
        return read_response(SEND, response, request.label)
    sleep(min(parse_retry_after(response.headers) or 0.0, LONGEST_WAIT))
    from dify_chatflow._sync.resources.handover import follow_run

    return follow_run(session.follow_up, run_id, query)


def open_stream(session: Session, query: Query, settings: StreamSettings, turn: Turn | None = None) -> ChatStream:
    """Return the stream of a query's answer; nothing is sent before it is entered."""
    from dify_chatflow._sync.stream import ChatStream

    def prepare() -> PreparedRequest:
        return session.prepare(send_message.operation, body=request_body(session, query, "streaming"))

    return ChatStream(session.follow_up, prepare, query.user, settings, turn=turn)


def request_body(session: Session, query: Query, response_mode: Literal["blocking", "streaming"]) -> ChatRequest:
    """Return the body of a query's request, after the check of its inputs and the upload of its files."""
    if session.config.validate_inputs and query.workflow_id is None:
        from dify_chatflow._sync.resources.input_form import check_inputs

        check_inputs(session.follow_up, query.inputs)
    files: list[FileInput] = []
    if given := attachments(query.files):
        from dify_chatflow._sync.resources.attachments import attach

        files = [attach(session.follow_up, file, query.user) for file in given]
    return query.body(response_mode, files)
