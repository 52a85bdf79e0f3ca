# Generated from dify_chatflow/_async/resources/chat.py by `make generate`; change it there.
"""Chat: ask the app, whole or as a stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Literal, Unpack

from dify_chatflow._files import Attachment, attachments, plain_inputs
from dify_chatflow._models import ChatAnswer
from dify_chatflow._request import PreparedRequest, or_unset, with_model
from dify_chatflow._streaming.options import StreamArguments, StreamOptions
from dify_chatflow._sync.resources.attachments import attach
from dify_chatflow._sync.session import Resource
from dify_chatflow._sync.stream import ChatStream
from dify_chatflow_client.api.chatflows import (
    get_advanced_suggested_questions as suggested_questions,
)
from dify_chatflow_client.api.chatflows import send_advanced_chat_message as send_message
from dify_chatflow_client.api.chatflows import stop_advanced_chat_message_generation as stop_generation
from dify_chatflow_client.models.chat_request import ChatRequest
from dify_chatflow_client.models.json_object import JsonObject
from dify_chatflow_client.models.stop_request import StopRequest
from dify_chatflow_client.models.success_result import SuccessResult
from dify_chatflow_client.models.suggested_questions import SuggestedQuestions

SEND = with_model(send_message.operation, ChatAnswer)


class Chat(Resource):
    """`app.chat`: questions and answers."""

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
    ) -> ChatAnswer:
        """Ask the app and wait for its whole answer.

        Args:
            query: The question.
            inputs: Values of the app's input variables; uploaded files may be among them.
            conversation_id: The conversation to go on with; None starts a new one. A real server starts a new one, too,
                when it does not know the id: compare `answer.conversation_id`.
            files: Files for the question: what `files.upload` gave, URLs, or paths and open files, which are uploaded
                first.
            auto_generate_name: False leaves a new conversation unnamed; servers name it otherwise.
            workflow_id: The published version to run; None runs the newest.
            user: The end user; None takes the client's default.
            via: `stream` gathers the answer from a stream: for servers behind proxies that cut silent connections. If
                even the stream is cut, the run is joined again; the question is never asked twice.

        Returns:
            The answer. `answer.paused` is True when the run waits for human input.

        Raises:
            ConfigurationError: No end user was named.
            BadRequestError: The server refuses an input, or the run failed.
            RateLimitError: Too many runs are under way.
            APITimeoutError: The run took longer than the read timeout (300 s); it goes on all the same.

        Example:
            answer = app.chat.send("What does a full service cost?", user="abc-123")
            print(answer.answer)

        """
        make_body = partial(
            self._request,
            query=query,
            inputs=inputs,
            conversation_id=conversation_id,
            files=files,
            auto_generate_name=auto_generate_name,
            workflow_id=workflow_id,
            user=user,
        )
        if via == "blocking":
            return self._session.call(SEND, body=make_body("blocking"))
        with self._stream(make_body, self._config.required_user(user), StreamOptions(resume=True)) as stream:
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
        **options: Unpack[StreamArguments],
    ) -> ChatStream:
        """Ask the app and follow its answer as it is made.

        Args:
            query: The question; the other arguments up to `user` are those of `send`.
            inputs: Values of the app's input variables.
            conversation_id: The conversation to go on with.
            files: Files for the question.
            auto_generate_name: False leaves a new conversation unnamed.
            workflow_id: The published version to run.
            user: The end user; None takes the client's default.
            options: `include_pings=True` gives the server's signs of life, too. `idle_timeout` (seconds) bounds how
                long nothing but pings may come. `resume=True` joins the run again when the connection breaks, without
                asking twice. `stop_on_exit=True` stops the run when the `with` block is left early.
                `accumulate=False` keeps nothing but ids in `reply`, for streams without end. `max_event_size` (bytes,
                16 MiB) bounds one event.

        Returns:
            The stream: a context manager and an iterator of typed events. Nothing is sent before it is entered.

        Raises:
            ConfigurationError: No end user was named.
            BadRequestError: The server refuses an input.
            StreamError, StreamInterruptedError, APITimeoutError: While reading; see ChatStream.

        Example:
            with app.chat.stream("What does a full service cost?", user="abc-123") as stream:
                for text in stream.text_deltas():
                    print(text, end="")
        """
        owner = self._config.required_user(user)

        make_body = partial(
            self._request,
            query=query,
            inputs=inputs,
            conversation_id=conversation_id,
            files=files,
            auto_generate_name=auto_generate_name,
            workflow_id=workflow_id,
            user=owner,
        )
        return self._stream(make_body, owner, StreamOptions(**options))

    def _stream(
        self, make_body: Callable[[Literal["streaming"]], ChatRequest], user: str, options: StreamOptions
    ) -> ChatStream:
        def make_call() -> PreparedRequest:
            return PreparedRequest(send_message.operation, send_message.operation.request(body=make_body("streaming")))

        return ChatStream(self._session, make_call, user, options)

    def _request(
        self,
        response_mode: Literal["blocking", "streaming"],
        *,
        query: str,
        inputs: Mapping[str, Any] | None,
        conversation_id: str | None,
        files: Sequence[Attachment] | None,
        auto_generate_name: bool | None,
        workflow_id: str | None,
        user: str | None,
    ) -> ChatRequest:
        owner = self._config.required_user(user)
        return ChatRequest(
            inputs=JsonObject(plain_inputs(inputs)),
            query=query,
            user=owner,
            response_mode=response_mode,
            conversation_id=or_unset(conversation_id),
            files=or_unset([attach(self._session, file, owner) for file in attachments(files)] or None),
            auto_generate_name=or_unset(auto_generate_name),
            workflow_id=or_unset(workflow_id),
        )

    def stop(self, task_id: str, *, user: str | None = None) -> SuccessResult:
        """Stop a running answer.

        Args:
            task_id: The task, from a stream's events or a blocking answer.
            user: The end user who asked; None takes the client's default.

        Returns:
            `result` is always `success`, also for an unknown task: only `runs.get` tells whether it worked.

        Raises:
            ConfigurationError: No end user was named.

        Example:
            app.chat.stop(stream.task_id)

        """
        body = StopRequest(user=self._config.required_user(user))
        return self._session.call(stop_generation.operation, task_id, body=body)

    def suggested(self, message_id: str, *, user: str | None = None) -> SuggestedQuestions:
        """Questions that could come next.

        Args:
            message_id: The answer they follow.
            user: The end user who asked; None takes the client's default.

        Returns:
            The questions in `data`; an empty list when the model has no idea.

        Raises:
            ConfigurationError: No end user was named.
            BadRequestError: The app has suggestions switched off.
            NotFoundError: There is no such message.

        Example:
            for question in (app.chat.suggested(answer.message_id)).data:
                print(question)

        """
        owner = self._config.required_user(user)
        return self._session.call(suggested_questions.operation, message_id, user=owner)
