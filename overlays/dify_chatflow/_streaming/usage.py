"""Usage and reasoning, from wherever a server has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dify_chatflow._streaming.coerce import integer, mapping, number, string

if TYPE_CHECKING:
    from dify_chatflow_client.models import ConversationMessage, ReplyMetadata


def reasoning_of(metadata: Any) -> str:
    """Return the complete reasoning in the metadata of a message, as sent from 1.16 on: text by node id."""
    values = mapping(metadata.to_dict()).get("reasoning") if hasattr(metadata, "to_dict") else None
    return "".join(text for text in mapping(values).values() if isinstance(text, str))


def usage_of(stored: ConversationMessage) -> ReplyMetadata | None:
    """Return the usage and sources of a stored message; None where the server keeps no usage (before 1.16)."""
    from dify_chatflow_client.models import ReplyMetadata

    data = stored.to_dict()
    prompt, completion = integer(data.get("message_tokens")), integer(data.get("answer_tokens"))
    if prompt is None or completion is None:
        return None
    usage = {
        "prompt_tokens": prompt,
        "completion_tokens": completion,
        "total_tokens": integer(data.get("total_tokens")) or prompt + completion,
        "total_price": string(data.get("total_price")),
        "currency": string(data.get("currency")),
        "latency": number(data.get("provider_response_latency")),
    }
    sources = data.get("retriever_resources")
    metadata = {"usage": {key: value for key, value in usage.items() if value is not None}}
    return ReplyMetadata.from_dict({**metadata, "retriever_resources": sources if isinstance(sources, list) else []})
