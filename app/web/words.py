"""Sentences in the person's language; usable in any layer that makes a sentence."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy
from flask_babel import ngettext

__all__ = ["_", "lazy", "ngettext"]
