"""Command line of the local Dify server: `python -m dify_chatflow.testing`."""

import sys

from local_dify.command import main

if __name__ == "__main__":
    sys.exit(main())
