from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Self

from ..types import (
    Model,
)


class Usage(Model):
    """Token usage, price and latency of the models. Token counts, prices and `latency` are zero if no model was
    called.

    Attributes:
        prompt_tokens (int): Number of input tokens.
        prompt_unit_price (str): List price of the input tokens, as a decimal string, for the number of tokens
            implied by `prompt_price_unit`.
        prompt_price_unit (str): Factor that converts the list price of the input tokens to the price of one token:
            `0.001` for a list price per 1000 tokens.
        prompt_price (str): Price of the input as a decimal string: `prompt_tokens` × `prompt_unit_price` ×
            `prompt_price_unit`.
        completion_tokens (int): Number of output tokens.
        completion_unit_price (str): List price of the output tokens, as a decimal string, for the number of tokens
            implied by `completion_price_unit`.
        completion_price_unit (str): Factor that converts the list price of the output tokens to the price of one
            token: `0.001` for a list price per 1000 tokens.
        completion_price (str): Price of the output as a decimal string, normally `completion_tokens` ×
            `completion_unit_price` × `completion_price_unit`.
        total_tokens (int): Sum of `prompt_tokens` and `completion_tokens`.
        total_price (str): Sum of `prompt_price` and `completion_price`, as a decimal string in `currency`.
        currency (str): Currency of all prices, such as `USD`.
        latency (float): Duration of the model call in seconds; `0.0` if no model was called.
        time_to_first_token (float | None): Seconds until the first token; null if no model was called.
        time_to_generate (float | None): Seconds from the first token to the last; null if no model was called.
    """

    __slots__ = (
        "prompt_tokens",
        "prompt_unit_price",
        "prompt_price_unit",
        "prompt_price",
        "completion_tokens",
        "completion_unit_price",
        "completion_price_unit",
        "completion_price",
        "total_tokens",
        "total_price",
        "currency",
        "latency",
        "time_to_first_token",
        "time_to_generate",
    )

    _attributes: ClassVar[Mapping[str, str]] = {
        "prompt_tokens": "prompt_tokens",
        "prompt_unit_price": "prompt_unit_price",
        "prompt_price_unit": "prompt_price_unit",
        "prompt_price": "prompt_price",
        "completion_tokens": "completion_tokens",
        "completion_unit_price": "completion_unit_price",
        "completion_price_unit": "completion_price_unit",
        "completion_price": "completion_price",
        "total_tokens": "total_tokens",
        "total_price": "total_price",
        "currency": "currency",
        "latency": "latency",
        "time_to_first_token": "time_to_first_token",
        "time_to_generate": "time_to_generate",
    }

    prompt_tokens: int
    prompt_unit_price: str
    prompt_price_unit: str
    prompt_price: str
    completion_tokens: int
    completion_unit_price: str
    completion_price_unit: str
    completion_price: str
    total_tokens: int
    total_price: str
    currency: str
    latency: float
    time_to_first_token: float | None
    time_to_generate: float | None

    def __init__(
        self,
        prompt_tokens: int,
        prompt_unit_price: str,
        prompt_price_unit: str,
        prompt_price: str,
        completion_tokens: int,
        completion_unit_price: str,
        completion_price_unit: str,
        completion_price: str,
        total_tokens: int,
        total_price: str,
        currency: str,
        latency: float,
        time_to_first_token: float | None = None,
        time_to_generate: float | None = None,
    ) -> None:
        self.prompt_tokens = prompt_tokens
        self.prompt_unit_price = prompt_unit_price
        self.prompt_price_unit = prompt_price_unit
        self.prompt_price = prompt_price
        self.completion_tokens = completion_tokens
        self.completion_unit_price = completion_unit_price
        self.completion_price_unit = completion_price_unit
        self.completion_price = completion_price
        self.total_tokens = total_tokens
        self.total_price = total_price
        self.currency = currency
        self.latency = latency
        self.time_to_first_token = time_to_first_token
        self.time_to_generate = time_to_generate
        self._received = _REQUIRED
        self._extra = None

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls.__new__(cls)
        model.prompt_tokens = get("prompt_tokens")
        model.prompt_unit_price = get("prompt_unit_price")
        model.prompt_price_unit = get("prompt_price_unit")
        model.prompt_price = get("prompt_price")
        model.completion_tokens = get("completion_tokens")
        model.completion_unit_price = get("completion_unit_price")
        model.completion_price_unit = get("completion_price_unit")
        model.completion_price = get("completion_price")
        model.total_tokens = get("total_tokens")
        model.total_price = get("total_price")
        model.currency = get("currency")
        model.latency = get("latency")
        model.time_to_first_token = get("time_to_first_token")
        model.time_to_generate = get("time_to_generate")
        model._received = src_dict
        model._extra = None
        return model


_REQUIRED: Mapping[str, Any] = dict.fromkeys(
    (
        "prompt_tokens",
        "prompt_unit_price",
        "prompt_price_unit",
        "prompt_price",
        "completion_tokens",
        "completion_unit_price",
        "completion_price_unit",
        "completion_price",
        "total_tokens",
        "total_price",
        "currency",
        "latency",
    )
)
