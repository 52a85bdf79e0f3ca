"""What replies are made of, and how values that may be missing or odd are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Self, cast

from attrs import define, field

from dify_chatflow._errors import ConfigurationError
from dify_chatflow_client.models.form_input import FormInput
from dify_chatflow_client.models.user_action import UserAction
from dify_chatflow_client.types import is_list

if TYPE_CHECKING:
    from dify_chatflow_client.models import HumanInputFormDefinition

SIGNATURE = r"timestamp=\d+&nonce=\w+&sign=[\w%=-]+"


@define
class Text:
    """Text that grows by pieces and is joined when it is looked at.

    Attributes:
        pieces: The text.
        certain: How much of it is known to have no gap; None means all. After joining a run nobody can tell what was
            missed, since the server's snapshot may be older than what it has sent (recording 343_events_live_snapshot).
        added: What came to the certain text otherwise than by a piece, for those who follow the pieces.
    """

    pieces: list[str] = field(factory=list[str], eq="".join)
    certain: int | None = field(default=None, eq=False)
    added: str = field(default="", eq=False)

    def __str__(self) -> str:
        if len(self.pieces) > 1:
            self.pieces = ["".join(self.pieces)]
        return self.pieces[0] if self.pieces else ""

    def __bool__(self) -> bool:
        return any(self.pieces)

    def doubt(self) -> None:
        """What comes from now on may follow a gap."""
        if self.certain is None:
            self.certain = len(str(self))

    def add(self, piece: str) -> None:
        """A piece that those who follow the pieces would not see otherwise."""
        self.pieces.append(piece)
        self.added += piece if self.certain is None else ""

    def set(self, whole: str) -> None:
        """Put the whole text in its place."""
        self.added += after(str(self)[: self.certain], whole)
        self.certain = None
        self.pieces = [whole]

    def settle(self) -> None:
        """There was no gap, or nothing will fill it any more."""
        self.set(str(self))

    def take_added(self) -> str:
        """What was added since this was asked for last."""
        added, self.added = self.added, ""
        return added


def after(told: str, whole: str) -> str:
    """What the whole text says after the part that was told; nothing where it tells another story.

    Addresses of files are signed anew each time (recording 102_chat_files_local_stream).
    """
    if whole.startswith(told):
        return whole[len(told) :]
    found = re.match(SIGNATURE.join(map(re.escape, re.split(SIGNATURE, told))), whole)
    return whole[found.end() :] if found else ""


@define(kw_only=True)
class Node:
    """One execution of a node, as far as its events tell.

    Attributes:
        id: The execution; of iterations and loops it may be the node's own id.
        node_id: The node in the workflow.
        node_type: Its kind: `llm`, `code`, `iteration`, `loop` and so on.
        title: Its label in the workflow editor.
        status: `running`, `succeeded`, `failed`, `exception` (failed, but the run goes on), `retry`, `paused`,
            or a word of the server's.
        error: Why it failed; None if it did not.
        started_at: When it began, in Unix seconds.
        finished_at: When it ended, in Unix seconds.
        elapsed_time: How long it took, in seconds.
        retries: How many times it was tried again.
        iteration_id: The iteration around it.
        loop_id: The loop around it.
        round: The round of that iteration or loop in which it ran, from 0.
        rounds: For an iteration or loop, how many rounds have begun.
        outputs: What it put out; empty where the server does not tell, as in a snapshot.
    """

    id: str
    node_id: str | None = None
    node_type: str | None = None
    title: str | None = None
    status: str = "running"
    error: str | None = None
    started_at: int | None = None
    finished_at: int | None = None
    elapsed_time: float | None = None
    retries: int = 0
    iteration_id: str | None = None
    loop_id: str | None = None
    round: int | None = None
    rounds: int = 0
    outputs: dict[str, Any] = field(factory=dict[str, Any])


@define(kw_only=True)
class Form:
    """A form a paused run waits for.

    Attributes:
        token: What fetching and submitting the form take; a secret. None once it cannot be submitted any more.
        form_id: Its name in the server's logs.
        node_id: The node that asks.
        title: That node's title.
        content: The text of the form, in Markdown, with places for the fields.
        fields: What is to be filled in.
        actions: The buttons; submitting takes the `id` of one.
        defaults: Default values that come from variables of the run.
        expiry: Last moment for an answer, in Unix seconds.
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
        """The form an event or a pause reason describes."""
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


def token_of(form: Form | str) -> str:
    """The token that goes with a form; ConfigurationError where there is none."""
    token = form if isinstance(form, str) else form.token
    if not token:
        raise ConfigurationError("this form cannot be submitted or read any more: it has no token")
    return token


def string(value: object) -> str | None:
    """The value if it is text; servers send null and leave out what the document promises."""
    return value if isinstance(value, str) else None


def integer(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def mapping(value: object) -> dict[str, Any]:
    return dict(cast("dict[str, Any]", value)) if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    return value.copy() if is_list(value) else []
