"""Command line of the local Dify server: `python -m dify_chatflow.testing`."""

import sys

if __name__ == "__main__":
    try:
        from local_dify.command import main
    except ModuleNotFoundError as error:
        sys.exit(f'{error.name} is missing; pip install "dify-chatflow[testing]"')
    sys.exit(main())
