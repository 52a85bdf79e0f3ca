"""A form that a paused run waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from attrs import define, field

from dify_chatflow._streaming.coerce import integer, items, mapping, string
from dify_chatflow_client.models.form_input import FormInput
from dify_chatflow_client.models.user_action import UserAction

if TYPE_CHECKING:
    from dify_chatflow_client.models import HumanInputFormDefinition


@define(kw_only=True)
class Form:
    """A form that a paused run waits for.

    Attributes:
        token: The secret that reads and submits the form; None once it cannot be submitted any more.
        form_id: Its id in the server's logs.
        node_id: The node that asks.
        title: That node's title.
        content: The text of the form, in Markdown, with placeholders for the fields.
        fields: The fields to fill in.
        actions: The buttons; submitting takes the `id` of one.
        defaults: Default values from variables of the run.
        expiry: The last moment for an answer, in Unix seconds.
    """

    token: str | None = field(default=None, repr=False)
    form_id: str | None = None
    node_id: str | None = None
    title: str | None = None
    content: str = ""
    fields: list[FormInput] = field(factory=list)
    actions: list[UserAction] = field(factory=list)
    defaults: dict[str, Any] = field(factory=dict[str, Any])
    expiry: int | None = None

    @classmethod
    def from_definition(cls, data: HumanInputFormDefinition) -> Self:
        """Return the form that an event or a reason of a pause describes."""
        return cls(
            token=string(data.form_token),
            form_id=string(data.form_id),
            node_id=string(data.node_id),
            title=string(data.node_title),
            content=string(data.form_content) or "",
            fields=[item for item in items(data.inputs) if isinstance(item, FormInput)],
            actions=[item for item in items(data.actions) if isinstance(item, UserAction)],
            defaults=mapping(data.resolved_default_values),
            expiry=integer(data.expiration_time),
        )
