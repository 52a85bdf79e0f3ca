"""Read a recorded run detail and a recorded stream through the installed client: no server, no account."""

from __future__ import annotations

import json
from pathlib import Path

from dify_chatflow_client.api.chatflows.send_advanced_chat_message import parse_event
from dify_chatflow_client.models import WorkflowRunDetailResponse

RECORDINGS = Path(__file__).resolve().parent.parent / "tests" / "recordings"

exchange = json.loads((RECORDINGS / "330_wfrun_resumed.json").read_text(encoding="utf-8"))
run = WorkflowRunDetailResponse.from_dict(exchange["response"]["body"])
print(f"run {run.id}: {run.status} after {run.elapsed_time:.2f} s and {run.total_steps} steps")

for line in (RECORDINGS / "055_chat_loop_stream.sse").read_text(encoding="utf-8").splitlines():
    if line.startswith("data: "):
        event = parse_event(json.loads(line.removeprefix("data: ")))
        data = getattr(event, "data", None)
        print(f"  {event.event:18} {getattr(event, 'answer', '') or getattr(data, 'title', '')}")
