"""Command line of the local Dify: serve on a port of this machine until interrupted."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence

from local_dify.server import LocalDify
from local_dify.version import DEFAULT


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; exit with 2 and one line on stderr for invalid arguments."""
    parser = argparse.ArgumentParser(prog="python -m dify_chatflow.testing", description="Run a local Dify server.")
    parser.add_argument("--port", type=int, default=5001, help="port to listen on; 0 takes a free one (default: 5001)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--allow-remote", action="store_true", help="listen on addresses other machines can reach")
    parser.add_argument("--db", metavar="FILE", default=":memory:", help="keep the state here (default: in memory)")
    parser.add_argument("--script", metavar="FILE", help="play the app in this YAML file (default: an echo)")
    parser.add_argument("--api-key", help="the app's key (default: a new one at each start)")
    parser.add_argument("--version", default=DEFAULT.name, help="server version (default: %(default)s)")
    options = parser.parse_args(arguments)
    try:
        server = LocalDify(
            options.script,
            db=options.db,
            host=options.host,
            port=options.port,
            api_key=options.api_key,
            version=options.version,
            allow_remote=options.allow_remote,
        ).start()
    except (ValueError, OSError) as error:
        parser.exit(2, f"{parser.prog}: {getattr(error, 'strerror', None) or error}\n")
    try:
        # A container is stopped by SIGTERM, which ends as cleanly as Ctrl-C.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        lines = (f"DIFY_BASE_URL={server.base_url}", f"DIFY_API_KEY={server.api_key}")
        sys.stdout.write("\n".join([*lines, ""]))
        sys.stdout.flush()
        server.wait()
    except KeyboardInterrupt:
        pass
    finally:
        server.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
