"""Clients with the settings that the endpoint functions need to reach the server"""

import ssl
from copy import copy
from typing import Any, Self

import httpx


class Client:
    """Address of the API and settings of httpx

    Attributes:
        raise_on_unexpected_status: True raises errors.UnexpectedStatus for statuses that the document does not declare.
    """

    def __init__(
        self,
        base_url: str,
        *,
        raise_on_unexpected_status: bool = False,
        cookies: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
        timeout: httpx.Timeout | None = None,
        verify_ssl: str | bool | ssl.SSLContext = True,
        follow_redirects: bool = False,
        httpx_args: dict[str, Any] | None = None,
    ) -> None:
        """Keep the settings for the first request

        Args:
            base_url: Address of the API.
            raise_on_unexpected_status: True raises errors.UnexpectedStatus for undeclared statuses.
            cookies: Cookies of every request.
            headers: Headers of every request.
            timeout: Timeouts of httpx; None for no limit.
            verify_ssl: True, False, the path of a CA bundle or an SSL context.
            follow_redirects: True follows redirects.
            httpx_args: Further arguments for httpx.Client and httpx.AsyncClient.
        """
        self.raise_on_unexpected_status = raise_on_unexpected_status
        self._arguments: dict[str, Any] = {
            "base_url": base_url,
            "cookies": cookies or {},
            "headers": headers or {},
            "timeout": timeout,
            "verify": verify_ssl,
            "follow_redirects": follow_redirects,
        } | (httpx_args or {})
        self._client: httpx.Client | None = None
        self._async_client: httpx.AsyncClient | None = None

    def _with(self, **arguments: Any) -> Self:
        other = copy(self)
        other._arguments = self._arguments | arguments
        other._client = other._async_client = None
        return other

    def with_headers(self, headers: dict[str, str]) -> Self:
        """Return a copy with additional headers"""
        return self._with(headers=self._arguments["headers"] | headers)

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """Return a copy with additional cookies"""
        return self._with(cookies=self._arguments["cookies"] | cookies)

    def with_timeout(self, timeout: httpx.Timeout) -> Self:
        """Return a copy with another timeout"""
        return self._with(timeout=timeout)

    def __repr__(self) -> str:
        return f"{type(self).__name__}(base_url={self._arguments['base_url']!r})"

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Use an httpx.Client instead of one with the settings of this client"""
        self._client = client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """Return the httpx.Client, which the first call makes"""
        if self._client is None:
            self._client = httpx.Client(**self._arguments)
        return self._client

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Use an httpx.AsyncClient instead of one with the settings of this client"""
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Return the httpx.AsyncClient, which the first call makes"""
        if self._async_client is None:
            self._async_client = httpx.AsyncClient(**self._arguments)
        return self._async_client

    def __enter__(self) -> Self:
        self.get_httpx_client().__enter__()
        return self

    def __exit__(self, *args: Any) -> None:
        self.get_httpx_client().__exit__(*args)

    async def __aenter__(self) -> Self:
        await self.get_async_httpx_client().__aenter__()
        return self

    async def __aexit__(self, *args: Any) -> None:
        await self.get_async_httpx_client().__aexit__(*args)


class AuthenticatedClient(Client):
    """Client that sends an API key

    Attributes:
        token: API key.
    """

    def __init__(
        self,
        base_url: str,
        *,
        token: str,
        prefix: str = "Bearer",
        auth_header_name: str = "Authorization",
        headers: dict[str, str] | None = None,
        **settings: Any,
    ) -> None:
        """Keep the settings for the first request

        Args:
            base_url: Address of the API.
            token: API key.
            prefix: Prefix of the key in the header, possibly empty.
            auth_header_name: Name of the header.
            headers: Headers of every request.
            settings: Further settings of Client.
        """
        self.token = token
        key = {auth_header_name: f"{prefix} {token}".strip()}
        super().__init__(base_url, headers=(headers or {}) | key, **settings)
