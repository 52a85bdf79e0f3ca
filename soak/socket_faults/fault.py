"""A fault of a raw socket: a function that turns an undamaged response into the steps of a broken server."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from soak.exchanges import Exchange
from soak.wire import End, Step

Damage: TypeAlias = Callable[[Exchange], Sequence[Step] | None]


@dataclass(frozen=True)
class SocketFault:
    """A fault.

    Attributes:
        name: Name of the row.
        damage: Function from the undamaged response to the steps; it returns None where the fault does not apply.
        is_harmless: Whether a client must still return the right result.
        is_early: Whether the server responds before it has read the request's body.
        gate: The end of each connection before its first request.
        is_refusing: Whether nothing listens on the port.
        is_refusal: Whether the server states that it has not accepted the request, which may then be sent again.
    """

    name: str
    damage: Damage = lambda _: []
    is_harmless: bool = False
    is_early: bool = False
    gate: End | None = None
    is_refusing: bool = False
    is_refusal: bool = False
