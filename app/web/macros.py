"""Macros that pages on hot ways use without importing them: an import costs more than the macro itself."""

from flask import Flask

GLOBAL = {
    "ui/icon.html": ("icon",),
    "ui/chip.html": ("chip",),
    "ui/prefs.html": ("languages_switch",),
}


def install(app: Flask) -> None:
    """Call last: the macros are compiled with what the environment holds by then."""
    for template, names in GLOBAL.items():
        module = app.jinja_env.get_template(template).module
        app.jinja_env.globals.update({name: getattr(module, name) for name in names})
