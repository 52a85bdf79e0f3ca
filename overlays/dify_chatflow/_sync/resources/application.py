# Generated from dify_chatflow/_async/resources/application.py by `make generate`; change it there.
"""The app: what it is, how it is set up, how it looks."""

from __future__ import annotations

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
    """`app.application`: the app itself."""

    def info(self) -> AppInfo:
        """Name, description, tags, mode and author of the app.

        Returns:
            Its `mode` is `advanced-chat` for a chatflow.

        Example:
            print((app.application.info()).name)

        """
        return self._session.call(app_info.operation)

    def parameters(self) -> AppParameters:
        """What the app takes and can do: input form, features, limits of uploads in megabytes.

        Returns:
            The settings of the published version.

        Raises:
            BadRequestError: No version is published (`app_unavailable`).

        Example:
            settings = app.application.parameters()
            print(settings.opening_statement, settings.speech_to_text.enabled)

        """
        return self._session.call(app_parameters.operation)

    def meta(self) -> AppMeta:
        """The icons of the tools the app uses.

        Returns:
            `tool_icons` by tool: a URL or an emoji; empty for an app without tools.

        Example:
            print((app.application.meta()).tool_icons)

        """
        return self._session.call(app_meta.operation)

    def site(self) -> WebAppSettings:
        """How the app's own web page looks.

        Returns:
            Title, icon, colours, texts; None where the app leaves them empty.

        Raises:
            PermissionDeniedError: The web page is switched off.

        Example:
            print((app.application.site()).title)

        """
        return self._session.call(app_site.operation)
