"""Every fuzz target, briefly: its seeds and a few values that are the same in every run."""

from __future__ import annotations

import pytest

from tests.fuzz.catalogue import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_property_holds(name: str) -> None:
    TARGETS[name].run_briefly()
