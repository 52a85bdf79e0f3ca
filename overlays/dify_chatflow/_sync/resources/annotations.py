# Generated from dify_chatflow/_async/resources/annotations.py by `make generate`; change it there.
"""Annotations: answers written beforehand, and the job that switches them on."""

from __future__ import annotations

import time

from dify_chatflow._concurrency import sleep
from dify_chatflow._errors import APITimeoutError
from dify_chatflow._paging import Paging, page_size
from dify_chatflow._request import or_unset
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
    """`app.annotations`: questions with a fixed answer."""

    def list(
        self, *, keyword: str | None = None, page: int = 1, limit: int | None = None
    ) -> Pager[AnnotationPage, Annotation]:
        """The app's annotations.

        Args:
            keyword: Text to look for in questions and answers.
            page: The page to begin with.
            limit: How many to ask for at once, 1 to 100; None asks for 100.

        Returns:
            A pager over the annotations.

        Example:
            for annotation in app.annotations.list(keyword="brakes"):
                print(annotation.question)

        """

        def fetch(paging: Paging[AnnotationPage, Annotation]) -> AnnotationPage:
            return self._session.call(
                list_annotations.operation, page=paging.cursor, limit=page_size(limit), keyword=or_unset(keyword)
            )

        return Pager(fetch, Paging("page", page, lambda found: found.data))

    def create(self, question: str, answer: str) -> Annotation:
        """Write an answer for a question.

        Args:
            question: The question to recognise.
            answer: What the app answers then.

        Returns:
            The annotation.

        Raises:
            BadRequestError: A text is empty.

        Example:
            app.annotations.create("When are you open?", "From nine to five.")

        """
        body = CreateAnnotationRequest(question=question, answer=answer)
        return self._session.call(create_annotation.operation, body=body)

    def update(self, annotation_id: str, question: str, answer: str) -> Annotation:
        """Replace question and answer of an annotation.

        Args:
            annotation_id: The annotation.
            question: The question to recognise.
            answer: What the app answers then.

        Returns:
            The annotation as it is now.

        Raises:
            NotFoundError: There is no such annotation.

        Example:
            app.annotations.update(annotation.id, annotation.question, "From ten to six.")

        """
        body = UpdateAnnotationRequest(question=question, answer=answer)
        return self._session.call(update_annotation.operation, annotation_id, body=body)

    def delete(self, annotation_id: str) -> None:
        """Delete an annotation.

        Args:
            annotation_id: The annotation.

        Raises:
            NotFoundError: There is no such annotation.

        Example:
            app.annotations.delete(annotation.id)

        """
        self._session.call(delete_annotation.operation, annotation_id)

    def enable_reply(
        self, *, score_threshold: float, embedding_provider_name: str, embedding_model_name: str
    ) -> AnnotationReplyJob:
        """Have the app answer with annotations; a job prepares it.

        Args:
            score_threshold: How alike a question must be, from 0 to 1.
            embedding_provider_name: Who provides the embedding model.
            embedding_model_name: The embedding model.

        Returns:
            The job; `wait_for_reply_job` waits for it.

        Example:
            job = app.annotations.enable_reply(
                score_threshold=0.9, embedding_provider_name="openai", embedding_model_name="text-embedding-3-small"
            )
            app.annotations.wait_for_reply_job("enable", job.job_id)

        """
        settings = AnnotationReplyRequest(embedding_provider_name, embedding_model_name, score_threshold)
        return self._session.call(start_reply_job.operation, "enable", body=settings)

    def disable_reply(
        self, *, score_threshold: float = 0.9, embedding_provider_name: str = "", embedding_model_name: str = ""
    ) -> AnnotationReplyJob:
        """Have the app answer without annotations; a job cleans up.

        Args:
            score_threshold: Required by the document, without effect here.
            embedding_provider_name: Likewise.
            embedding_model_name: Likewise.

        Returns:
            The job; `wait_for_reply_job` waits for it.

        Example:
            app.annotations.disable_reply()

        """
        settings = AnnotationReplyRequest(embedding_provider_name, embedding_model_name, score_threshold)
        return self._session.call(start_reply_job.operation, "disable", body=settings)

    def reply_status(self, action: AnnotationReplyAction, job_id: str) -> AnnotationReplyJobStatus:
        """How far a job is.

        Args:
            action: What it does: `enable` or `disable`.
            job_id: The job.

        Returns:
            `job_status` is `waiting`, `processing`, `completed` or `error`; `error_msg` says why.

        Raises:
            BadRequestError: There is no such job.

        Example:
            print((app.annotations.reply_status("enable", job.job_id)).job_status)

        """
        return self._session.call(reply_job_status.operation, action, job_id)

    def wait_for_reply_job(
        self,
        action: AnnotationReplyAction,
        job_id: str,
        *,
        timeout: float = 60.0,
        interval: float = 1.0,
    ) -> AnnotationReplyJobStatus:
        """Wait until a job is done.

        Args:
            action: What it does: `enable` or `disable`.
            job_id: The job.
            timeout: Seconds to wait at most.
            interval: Seconds between two looks.

        Returns:
            The job's last status: `completed` or `error`.

        Raises:
            APITimeoutError: The job is not done in time; it goes on.
            BadRequestError: There is no such job.

        Example:
            done = app.annotations.wait_for_reply_job("enable", job.job_id)

        """
        until = time.monotonic() + timeout
        while True:
            status = self.reply_status(action, job_id)
            if status.job_status in ("completed", "error"):
                return status
            if time.monotonic() + interval > until:
                raise APITimeoutError(f"annotation reply job {job_id} is still {status.job_status} after {timeout} s")
            sleep(interval)
