from typing import Literal, TypeAlias

FileInputTransferMethod: TypeAlias = Literal["local_file", "remote_url"]

FILE_INPUT_TRANSFER_METHOD_VALUES: frozenset[FileInputTransferMethod] = frozenset(["local_file", "remote_url"])
