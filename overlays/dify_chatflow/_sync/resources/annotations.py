# Generated from dify_chatflow/_async/resources/annotations.py by `make generate`; change it there.
"""Annotations: prepared answers, and the jobs that switch them on and off."""

from __future__ import annotations

import time
from typing import Unpack

from dify_chatflow._concurrency import sleep
from dify_chatflow._errors import APITimeoutError
from dify_chatflow._limits import check_seconds
from dify_chatflow._options import RequestOptions, WaitOptions
from dify_chatflow._paging import LARGEST_PAGE, Paging
from dify_chatflow._sync.pager import Pager
from dify_chatflow._sync.session import Resource
from dify_chatflow_client.api.annotations import create_advanced_annotation as create_annotation
from dify_chatflow_client.api.annotations import delete_advanced_annotation as delete_annotation
from dify_chatflow_client.api.annotations import get_advanced_annotation_list as list_annotations
from dify_chatflow_client.api.annotations import (
    get_advanced_initial_annotation_reply_settings_status as reply_job_status,
)
from dify_chatflow_client.api.annotations import initial_advanced_annotation_reply_settings as start_reply_job
from dify_chatflow_client.api.annotations import update_advanced_annotation as update_annotation
from dify_chatflow_client.models.annotation import Annotation
from dify_chatflow_client.models.annotation_page import AnnotationPage
from dify_chatflow_client.models.annotation_reply_action import AnnotationReplyAction
from dify_chatflow_client.models.annotation_reply_job import (
    AnnotationReplyJob,
)
from dify_chatflow_client.models.annotation_reply_job_status import (
    AnnotationReplyJobStatus,
)
from dify_chatflow_client.models.annotation_reply_request import AnnotationReplyRequest
from dify_chatflow_client.models.create_annotation_request import CreateAnnotationRequest
from dify_chatflow_client.models.update_annotation_request import UpdateAnnotationRequest


class Annotations(Resource):
    """`app.annotations`: questions with prepared answers."""

    def list(
        self, *, keyword: str | None = None, page: int = 1, limit: int | None = None, **options: Unpack[RequestOptions]
    ) -> Pager[AnnotationPage, Annotation]:
        """List the app's annotations.

        Args:
            keyword: Text to search for in questions and answers.
            page: The first page to request.
            limit: The page size, 1 to 100; None requests 100.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            A pager over the annotations.

        Example:
            for annotation in app.annotations.list(keyword="brakes"):
                print(annotation.question)

        """
        session = self._session.with_options(options)

        def fetch(paging: Paging[AnnotationPage, Annotation]) -> AnnotationPage:
            return session.call(list_annotations.operation, page=paging.cursor, limit=paging.size, keyword=keyword)

        return Pager(fetch, Paging("page", page, LARGEST_PAGE if limit is None else limit))

    def create(self, question: str, answer: str, **options: Unpack[RequestOptions]) -> Annotation:
        """Create an annotation.

        Args:
            question: The question to recognise.
            answer: The answer to it.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The annotation.

        Raises:
            BadRequestError: A text is empty.

        Example:
            app.annotations.create("When are you open?", "From nine to five.")

        """
        body = CreateAnnotationRequest(question=question, answer=answer)
        return self._session.with_options(options).call(create_annotation.operation, body=body)

    def update(self, annotation_id: str, question: str, answer: str, **options: Unpack[RequestOptions]) -> Annotation:
        """Replace question and answer of an annotation; servers up to 1.3.0, which use `POST`, refuse this.

        Args:
            annotation_id: The annotation.
            question: The question to recognise.
            answer: The answer to it.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The updated annotation.

        Raises:
            NotFoundError: The annotation does not exist.

        Example:
            app.annotations.update(annotation.id, annotation.question, "From ten to six.")

        """
        body = UpdateAnnotationRequest(question=question, answer=answer)
        return self._session.with_options(options).call(update_annotation.operation, annotation_id, body=body)

    def delete(self, annotation_id: str, **options: Unpack[RequestOptions]) -> None:
        """Delete an annotation.

        Args:
            annotation_id: The annotation.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Raises:
            NotFoundError: The annotation does not exist.

        Example:
            app.annotations.delete(annotation.id)

        """
        self._session.with_options(options).call(delete_annotation.operation, annotation_id)

    def enable_reply(
        self,
        *,
        score_threshold: float,
        embedding_provider_name: str,
        embedding_model_name: str,
        **options: Unpack[RequestOptions],
    ) -> AnnotationReplyJob:
        """Start the job that makes the app answer with annotations.

        Args:
            score_threshold: The similarity that a question must reach, from 0 to 1.
            embedding_provider_name: The provider of the embedding model.
            embedding_model_name: The embedding model.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The job; pass its `job_id` to `wait_for_reply_job`.

        Example:
            job = app.annotations.enable_reply(
                score_threshold=0.9, embedding_provider_name="openai", embedding_model_name="text-embedding-3-small"
            )
            app.annotations.wait_for_reply_job("enable", job.job_id)

        """
        settings = AnnotationReplyRequest(embedding_provider_name, embedding_model_name, score_threshold)
        return self._session.with_options(options).call(start_reply_job.operation, "enable", body=settings)

    def disable_reply(
        self,
        *,
        score_threshold: float = 0.9,
        embedding_provider_name: str = "",
        embedding_model_name: str = "",
        **options: Unpack[RequestOptions],
    ) -> AnnotationReplyJob:
        """Start the job that makes the app answer without annotations.

        Args:
            score_threshold: Required by the API, without effect.
            embedding_provider_name: Required by the API, without effect.
            embedding_model_name: Required by the API, without effect.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The job; pass its `job_id` to `wait_for_reply_job`.

        Example:
            app.annotations.disable_reply()

        """
        settings = AnnotationReplyRequest(embedding_provider_name, embedding_model_name, score_threshold)
        return self._session.with_options(options).call(start_reply_job.operation, "disable", body=settings)

    def reply_status(
        self, action: AnnotationReplyAction, job_id: str, **options: Unpack[RequestOptions]
    ) -> AnnotationReplyJobStatus:
        """Return the status of a job.

        Args:
            action: The job's action: `enable` or `disable`.
            job_id: The job.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            `job_status` is `waiting`, `processing`, `completed` or `error`; `error_msg` has the reason.

        Raises:
            BadRequestError: The job does not exist.

        Example:
            print(app.annotations.reply_status("enable", job.job_id).job_status)

        """
        return self._session.with_options(options).call(reply_job_status.operation, action, job_id)

    def wait_for_reply_job(
        self,
        action: AnnotationReplyAction,
        job_id: str,
        *,
        timeout: float = 60.0,
        interval: float = 1.0,
        **options: Unpack[WaitOptions],
    ) -> AnnotationReplyJobStatus:
        """Wait for the end of a job.

        Args:
            action: The job's action: `enable` or `disable`.
            job_id: The job.
            timeout: The longest wait in seconds.
            interval: Seconds between two requests.
            **options: `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `WaitOptions`.

        Returns:
            The job's last status: `completed` or `error`.

        Raises:
            APITimeoutError: The job takes longer than `timeout`, and still runs.
            ConfigurationError: `timeout` or `interval` is not a positive number.
            BadRequestError: The job does not exist.

        Example:
            done = app.annotations.wait_for_reply_job("enable", job.job_id)

        """
        check_seconds(timeout=timeout, interval=interval)
        until = time.monotonic() + timeout
        while True:
            status = self.reply_status(action, job_id, **options)
            if status.job_status in ("completed", "error"):
                return status
            if time.monotonic() + interval > until:
                raise APITimeoutError(f"annotation reply job {job_id} is still {status.job_status} after {timeout} s")
            sleep(interval)
