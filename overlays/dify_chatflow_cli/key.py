"""API key: from the environment, the keyring, or a hidden prompt; never from an argument."""

from __future__ import annotations

import os
import sys
from getpass import getpass
from importlib import import_module
from typing import Any

import typer

from dify_chatflow import ConfigurationError

SERVICE = "dify-chatflow"
CLOUD = "https://api.dify.ai/v1"


def find_key(base_url: str | None) -> str:
    """Return the API key for a server.

    Raises:
        ConfigurationError: No key is set, and nobody can be asked.
    """
    key = os.environ.get("DIFY_API_KEY") or stored_key(base_url)
    if key:
        return key
    if not sys.stdin.isatty():
        raise ConfigurationError("no API key: set DIFY_API_KEY, or run the command in a terminal to be asked for it")
    key = getpass("API key (hidden): ", stream=sys.stderr).strip()
    if not key:
        raise ConfigurationError("no API key: the input was empty; set DIFY_API_KEY")
    keyring = load_keyring()
    if keyring is not None and typer.confirm("Keep it in the keyring?", default=False, err=True):
        keyring.set_password(SERVICE, base_url or CLOUD, key)
    return key


def load_keyring() -> Any | None:
    """Return the package `keyring`; None where it is not installed."""
    try:
        return import_module("keyring")
    except ImportError:
        return None


def stored_key(base_url: str | None) -> str | None:
    """Return the key in the keyring; None without one, or without a usable keyring."""
    keyring = load_keyring()
    if keyring is None:
        return None
    try:
        key: str | None = keyring.get_password(SERVICE, base_url or CLOUD)
    except keyring.errors.KeyringError:
        return None
    return key


def forget_hint(base_url: str | None) -> str | None:
    """Return how a refused key is removed from the keyring; None where the key is from elsewhere."""
    if os.environ.get("DIFY_API_KEY") or stored_key(base_url) is None:
        return None
    return f"the key is from the keyring; remove it with: keyring del {SERVICE} {base_url or CLOUD}"
