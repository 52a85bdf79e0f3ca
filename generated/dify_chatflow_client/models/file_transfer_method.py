from typing import Literal, TypeAlias

FileTransferMethod: TypeAlias = Literal["local_file", "remote_url"]

FILE_TRANSFER_METHOD_VALUES: frozenset[FileTransferMethod] = frozenset(["local_file", "remote_url"])
