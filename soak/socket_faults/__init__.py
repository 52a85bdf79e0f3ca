"""Faults of raw sockets, one module for each place."""

from __future__ import annotations

from soak.socket_faults.bodies import body_faults
from soak.socket_faults.connections import connection_faults
from soak.socket_faults.encodings import encoding_faults
from soak.socket_faults.events import event_faults
from soak.socket_faults.fault import SocketFault
from soak.socket_faults.framing import framing_faults
from soak.socket_faults.pace import pace_faults
from soak.socket_faults.statuses import status_faults

GROUPS: dict[str, tuple[SocketFault, ...]] = {
    "Connections": tuple(connection_faults()),
    "Time and size": tuple(pace_faults()),
    "HTTP framing": tuple(framing_faults()),
    "Content encodings": tuple(encoding_faults()),
    "Statuses and other bodies": tuple(status_faults()),
    "Changed bodies": tuple(body_faults()),
    "Events": tuple(event_faults()),
}
SOCKET_FAULTS: tuple[SocketFault, ...] = tuple(fault for faults in GROUPS.values() for fault in faults)
