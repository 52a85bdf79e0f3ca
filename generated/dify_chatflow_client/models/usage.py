from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Self

from attrs import define as _attrs_define
from attrs import field as _attrs_field

from ..types import (
    UNSET,
    Model,
    Unset,
    json_keys,
)


@_attrs_define
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
        time_to_first_token (float | None | Unset): Seconds until the first token; null if no model was called.
        time_to_generate (float | None | Unset): Seconds from the first token to the last; null if no model was
            called.
    """

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
    time_to_first_token: float | None | Unset = UNSET
    time_to_generate: float | None | Unset = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    @classmethod
    def from_dict(cls, src_dict: Mapping[str, Any]) -> Self:
        get: Callable[..., Any] = src_dict.get
        model = cls(
            get("prompt_tokens", UNSET),
            get("prompt_unit_price", UNSET),
            get("prompt_price_unit", UNSET),
            get("prompt_price", UNSET),
            get("completion_tokens", UNSET),
            get("completion_unit_price", UNSET),
            get("completion_price_unit", UNSET),
            get("completion_price", UNSET),
            get("total_tokens", UNSET),
            get("total_price", UNSET),
            get("currency", UNSET),
            get("latency", UNSET),
            get("time_to_first_token", UNSET),
            get("time_to_generate", UNSET),
        )
        if len(src_dict) > 14 or not _KNOWN.issuperset(src_dict):
            model.additional_properties = {name: value for name, value in src_dict.items() if name not in _KNOWN}
        return model


_KNOWN = frozenset(json_keys(Usage).values())
