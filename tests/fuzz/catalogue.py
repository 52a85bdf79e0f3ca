"""All fuzz targets by their names."""

from __future__ import annotations

from tests.fuzz import arguments, bodies, documents, streams

TARGETS = {target.name: target for module in (streams, bodies, arguments, documents) for target in module.TARGETS}
