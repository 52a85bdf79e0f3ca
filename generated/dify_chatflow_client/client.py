"""The plain clients: what the endpoint functions need to know to reach the server"""

import ssl
from typing import Any, Self

import httpx
from attrs import define, evolve, field


@define
class Client:
    """Where the API is, and how httpx reaches it

    Attributes:
        raise_on_unexpected_status: Whether a status the document does not list raises errors.UnexpectedStatus.
        base_url: The address all paths are relative to.
        cookies: Sent with every request.
        headers: Sent with every request.
        timeout: How long httpx waits; None waits without limit.
        verify_ssl: False, a CA bundle's path or an SSL context; True checks certificates as usual.
        follow_redirects: Whether httpx follows redirects.
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
        """A new client with additional headers; this one stays as it is"""
        return evolve(self, headers=self._headers | headers)

    def with_cookies(self, cookies: dict[str, str]) -> Self:
        """A new client with additional cookies; this one stays as it is"""
        return evolve(self, cookies=self._cookies | cookies)

    def with_timeout(self, timeout: httpx.Timeout) -> Self:
        """A new client with another timeout; this one stays as it is"""
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
        """Use this httpx.Client as it is, whatever the settings here say"""
        self._client = client
        return self

    def get_httpx_client(self) -> httpx.Client:
        """The httpx.Client in use, made on first call"""
        if self._client is None:
            self._client = httpx.Client(**self._arguments())
        return self._client

    def set_async_httpx_client(self, async_client: httpx.AsyncClient) -> Self:
        """Use this httpx.AsyncClient as it is, whatever the settings here say"""
        self._async_client = async_client
        return self

    def get_async_httpx_client(self) -> httpx.AsyncClient:
        """The httpx.AsyncClient in use, made on first call"""
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
    """A client that sends an API key

    Attributes:
        token: The API key.
        prefix: What stands before it in the header; empty for the bare key.
        auth_header_name: The header that carries it.
    """

    token: str = field(kw_only=True, repr=False)
    prefix: str = field(default="Bearer", kw_only=True)
    auth_header_name: str = field(default="Authorization", kw_only=True)

    def _request_headers(self) -> dict[str, str]:
        return self._headers | {self.auth_header_name: f"{self.prefix} {self.token}".strip()}
