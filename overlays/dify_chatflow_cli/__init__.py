"""Command line of the client: `dify-chatflow`, with the extra `cli`; users import nothing from here."""
