"""Clients with the settings that the endpoint functions need to reach the server"""

import ssl
from typing import Any, Self

import httpx
from attrs import define, evolve, field


@define
class Client:
    """Address of the API and settings of httpx

    Attributes:
        raise_on_unexpected_status: True raises errors.UnexpectedStatus for statuses that the document does not declare.
        base_url: Address of the API.
        cookies: Cookies of every request.
        headers: Headers of every request.
        timeout: Timeouts of httpx; None for no limit.
        verify_ssl: True, False, the path of a CA bundle or an SSL context.
        follow_redirects: True follows redirects.
        httpx_args: Further arguments for httpx.Client and httpx.AsyncClient.
    """

    raise_on_unexpected_status: bool = field(default=False, kw_only=True)
    _base_url: str = field(alias="base_url")
    _cookies: dict[str, str] = field(factory=dict, kw_only=True, alias="cookies", repr=False)
    _headers: dict[str, str] = field(factory=dict, kw_only=True, alias="headers", repr=False)
    _timeout: httpx.Timeout | None = field(default=None, kw_only=True, alias="timeout")
    _verify_ssl: str | bool | ssl.SSLContext = field(default=True, kw_only=True, alias="verify_ssl")
    _follow_redirects: bool = field(default=False, kw_only=True, alias="follow_redirects")
    _httpx_args: dict[str, Any] = field(factory=dict, kw_only=True, alias="httpx_args", repr=False)
    _client: httpx.Client | None = field(default=None, init=False, repr=False)
    _async_client: httpx.AsyncClient | None = field(default=None, init=False, repr=False)

    def with_headers(self, headers: dict[str, str]) -> Self:
        """Return a copy with additional headers"""
        return evolve(self, headers=self._headers | headers)

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """Return a copy with additional cookies"""
        return evolve(self, cookies=self._cookies | cookies)

    def with_timeout(self, timeout: httpx.Timeout) -> Self:
        """Return a copy with another timeout"""
        return evolve(self, timeout=timeout)

    def _request_headers(self) -> dict[str, str]:
        return self._headers

    def _arguments(self) -> dict[str, Any]:
        return {
            "base_url": self._base_url,
            "cookies": self._cookies,
            "headers": self._request_headers(),
            "timeout": self._timeout,
            "verify": self._verify_ssl,
            "follow_redirects": self._follow_redirects,
        } | self._httpx_args

    def set_httpx_client(self, client: httpx.Client) -> Self:
        """Use an httpx.Client instead of one with the settings of this client"""
        self._client = client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """Return the httpx.Client, which the first call makes"""
        if self._client is None:
            self._client = httpx.Client(**self._arguments())
        return self._client

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Use an httpx.AsyncClient instead of one with the settings of this client"""
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """Return the httpx.AsyncClient, which the first call makes"""
        if self._async_client is None:
            self._async_client = httpx.AsyncClient(**self._arguments())
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


@define
class AuthenticatedClient(Client):
    """Client that sends an API key

    Attributes:
        token: API key.
        prefix: Prefix of the key in the header, possibly empty.
        auth_header_name: Name of the header.
    """

    token: str = field(kw_only=True, repr=False)
    prefix: str = field(default="Bearer", kw_only=True)
    auth_header_name: str = field(default="Authorization", kw_only=True)

    def _request_headers(self) -> dict[str, str]:
        return self._headers | {self.auth_header_name: f"{self.prefix} {self.token}".strip()}
