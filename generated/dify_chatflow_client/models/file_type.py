from typing import Literal, TypeAlias

FileType: TypeAlias = Literal["audio", "custom", "document", "image", "video"]

FILE_TYPE_VALUES: frozenset[FileType] = frozenset(["audio", "custom", "document", "image", "video"])
