"""Run the Streamlit example without a browser: send each argument as a query, and print what the page shows as JSON."""

from __future__ import annotations

import json
import sys

from streamlit.testing.v1 import AppTest

from tests.conftest import ROOT

if __name__ == "__main__":
    page = AppTest.from_file(str(ROOT / "examples" / "streamlit_chat.py"), default_timeout=60).run()
    for query in sys.argv[1:]:
        page.chat_input[0].set_value(query).run()
    shown = {
        "messages": [[message.name, *(text.value for text in message.markdown)] for message in page.chat_message],
        "errors": [error.value for error in page.error],
        "exceptions": [exception.value for exception in page.exception],
    }
    sys.stdout.write(json.dumps(shown))
