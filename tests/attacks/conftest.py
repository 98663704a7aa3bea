"""The world is a fixture here: what it makes depends on the kind of database."""

from tests.attacks.world import world

__all__ = ["world"]
