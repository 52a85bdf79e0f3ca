"""The wire layer: two documents against each other as servers and programs see them."""

from pipeline.drift.wire.sides import Endpoint, Side, Sides, components

__all__ = ["Endpoint", "Side", "Sides", "components"]
