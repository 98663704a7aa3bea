"""The demo compound as the content of a template database."""

from importlib import import_module

from flask import Flask

from app.db import atomically


def load_demo(_app: Flask) -> None:
    """Load it through the same action as `dabiao demo`."""
    atomically(import_module("app.demo.actions").load_compound)
