"""Ask about a file: `python examples/files.py PATH [QUERY]`. It reads DIFY_API_KEY."""

from __future__ import annotations

import sys
from pathlib import Path

from dify_chatflow import Chatflow, PayloadTooLargeError, UnsupportedMediaTypeError


def main() -> None:
    path, query = Path(sys.argv[1]), " ".join(sys.argv[2:]) or "files: what is this?"
    with Chatflow(user="demo") as app:
        try:
            uploaded = app.files.upload(path)
        except (PayloadTooLargeError, UnsupportedMediaTypeError) as error:
            sys.exit(f"{path}: {error.message}")
        print(f"{uploaded.name}: {uploaded.size} bytes, {uploaded.mime_type}")
        # A path works in `files=`, too; an upload can be used in several queries.
        print(app.chat.send(query, files=[uploaded]).answer)


if __name__ == "__main__":
    main()
