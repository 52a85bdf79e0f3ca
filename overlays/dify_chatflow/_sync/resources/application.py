# Generated from dify_chatflow/_async/resources/application.py by `make generate`; change it there.
"""The app: its description, parameters, icons and web page."""

from __future__ import annotations

from typing import Unpack

from dify_chatflow._inputs import InputForm
from dify_chatflow._options import RequestOptions
from dify_chatflow._sync.resources.input_form import read_input_form
from dify_chatflow._sync.session import Resource
from dify_chatflow_client.api.applications import get_advanced_chat_app_info as app_info
from dify_chatflow_client.api.applications import get_advanced_chat_app_meta as app_meta
from dify_chatflow_client.api.applications import get_advanced_chat_app_parameters as app_parameters
from dify_chatflow_client.api.applications import get_advanced_chat_web_app_settings as app_site
from dify_chatflow_client.models.app_info import AppInfo
from dify_chatflow_client.models.app_meta import AppMeta
from dify_chatflow_client.models.app_parameters import AppParameters
from dify_chatflow_client.models.web_app_settings import WebAppSettings


class Application(Resource):
    """`app.application`: the app."""

    def info(self, **options: Unpack[RequestOptions]) -> AppInfo:
        """Return name, description, tags, mode and author of the app.

        Args:
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The app; `mode` is `advanced-chat` for a chatflow.

        Example:
            print(app.application.info().name)

        """
        return self._session.with_options(options).call(app_info.operation)

    def parameters(self, **options: Unpack[RequestOptions]) -> AppParameters:
        """Return the app's input form, features, and limits of uploads in megabytes.

        Args:
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The settings of the published version.

        Raises:
            BadRequestError: No version is published (`app_unavailable`).

        Example:
            settings = app.application.parameters()
            print(settings.opening_statement, settings.speech_to_text.enabled)

        """
        return self._session.with_options(options).call(app_parameters.operation)

    def input_form(self, **options: Unpack[RequestOptions]) -> InputForm:
        """Return the app's input variables: the keys of `inputs`, and what their values have to be.

        Args:
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            The variables of the published version, of one class for all types; `form.check(inputs)` checks values,
            and `form.typed_dict()` gives them a type.

        Raises:
            BadRequestError: No version is published (`app_unavailable`).
            ResponseDecodeError: The server's form cannot be read.

        Example:
            form = app.application.input_form()
            for variable in form.variables:
                print(variable.name, variable.type, variable.required, variable.options)

        """
        return read_input_form(self._session.with_options(options))

    def meta(self, **options: Unpack[RequestOptions]) -> AppMeta:
        """Return the icons of the app's tools.

        Args:
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            `tool_icons` by tool: a URL or an emoji; empty for an app without tools.

        Example:
            print(app.application.meta().tool_icons)

        """
        return self._session.with_options(options).call(app_meta.operation)

    def site(self, **options: Unpack[RequestOptions]) -> WebAppSettings:
        """Return the settings of the app's web page.

        Args:
            **options: `timeout`, `max_retries`, `extra_headers`, `extra_query`, `extra_body`; see `RequestOptions`.

        Returns:
            Title, icon, theme and texts; None where the app has none.

        Raises:
            PermissionDeniedError: The web page is switched off.

        Example:
            print(app.application.site().title)

        """
        return self._session.with_options(options).call(app_site.operation)
