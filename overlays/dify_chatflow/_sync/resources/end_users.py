# Generated from dify_chatflow/_async/resources/end_users.py by `make generate`; change it there.
"""End users: the server's records of an app's users."""

from __future__ import annotations

from typing import Unpack

from dify_chatflow._options import RequestOptions
from dify_chatflow._sync.session import Resource
from dify_chatflow_client.api.end_users import get_end_user_chatflow as get_end_user
from dify_chatflow_client.models.end_user import EndUser


class EndUsers(Resource):
    """`app.end_users`: records of end users."""

    def get(self, end_user_id: str, **options: Unpack[RequestOptions]) -> EndUser:
        """Look up an end user.

        Args:
            end_user_id: The server's id (`created_by` of an upload), not the name passed as `user`.
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The end user; `session_id` is the name passed as `user`.

        Raises:
            NotFoundError: The end user does not exist.

        Example:
            print(app.end_users.get(photo.created_by).session_id)

        """
        return self._session.with_options(options).call(get_end_user.operation, end_user_id)
