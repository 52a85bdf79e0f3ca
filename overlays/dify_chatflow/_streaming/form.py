"""A form that a paused run waits for."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import field
from typing import TYPE_CHECKING, Any, Self

from dify_chatflow._record import Record, record
from dify_chatflow._streaming.coerce import integer, items, mapping, string
from dify_chatflow_client.models.form_input import FormInput
from dify_chatflow_client.models.user_action import UserAction
from dify_chatflow_client.types import to_datetime

if TYPE_CHECKING:
    from datetime import datetime

    from dify_chatflow_client.models import HumanInputFormDefinition


@record
class Form(Record):
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

    token: str | None = None
    form_id: str | None = None
    node_id: str | None = None
    title: str | None = None
    content: str = ""
    fields: list[FormInput] = field(default_factory=list)
    actions: list[UserAction] = field(default_factory=list)
    defaults: dict[str, Any] = field(default_factory=dict[str, Any])
    expiry: int | None = None

    @property
    def expiry_datetime(self) -> datetime | None:
        """`expiry` as a datetime in UTC; None without a limit."""
        return to_datetime(self.expiry)

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


class FormList:
    """The forms that wait, by their id: a later event about a form replaces what is known of it."""

    def __init__(self) -> None:
        self._forms: dict[object, Form] = {}

    def add(self, data: HumanInputFormDefinition) -> list[Form]:
        """Add a form, or replace the one with its id."""
        form = Form.from_definition(data)
        key = form.form_id or object()
        self._forms.pop(key, None)
        self._forms[key] = form
        return list(self._forms.values())

    def pause(self, reasons: object) -> list[Form]:
        """Replace the forms with those that a pause lists; without a list they stay."""
        from dify_chatflow_client.models import HumanInputFormDefinition

        listed = [mapping(reason) for reason in items(reasons) if mapping(reason).get("TYPE") == "human_input_required"]
        known, forms = self._forms, list(self._forms.values())
        if not listed:
            return forms
        self._forms = {}
        for reason in listed:
            with suppress(AttributeError, TypeError, ValueError, KeyError):  # a reason is free-form JSON
                forms = self.add(HumanInputFormDefinition.from_dict(reason))
                form = forms[-1]
                earlier = known.get(form.form_id)
                if earlier is not None and form.token is None:
                    form.token = earlier.token
        return forms

    def close(self, node_id: str | None) -> list[Form]:
        """Remove the form of a node, which was answered or has expired."""
        key = next((key for key, form in self._forms.items() if form.node_id == node_id), None)
        self._forms.pop(key, None)
        return list(self._forms.values())

    def remove(self, submitted: Form | str) -> list[Form]:
        """Remove a form by itself or by its token."""
        token = submitted if isinstance(submitted, str) else submitted.token
        self._forms = {key: form for key, form in self._forms.items() if form.token != token}
        return list(self._forms.values())

    def clear(self) -> list[Form]:
        """Remove all forms: the run is over."""
        self._forms = {}
        return []
