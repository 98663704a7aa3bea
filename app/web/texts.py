"""Which characters are taken from outside: text of any script, but no NUL and no control characters.

One rule for addresses and forms. A record from a phone follows it in its own way: there such characters are cut,
because a record that waited on a phone must never be lost over one of them (`app/checks/forms_fields.py`).
"""

import re

from flask import Flask, Request, current_app
from werkzeug.datastructures import MultiDict

from app.refusals import Invalid, NotFound
from app.web.asked import asked
from app.web.words import lazy

# Line ends and the tab are text; half a surrogate pair is what broken UTF-8 leaves behind.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
LONGEST_VALUE = 20_000
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def install(app: Flask) -> None:
    """Look at every request before its view sees it."""
    app.before_request(_refuse_control_characters)


def _refuse_control_characters() -> None:
    request = asked()
    if any(CONTROL.search(str(value)) for value in (request.view_args or {}).values()):
        raise NotFound(lazy("There is no such page. Check the address or type the code of the label."))
    has_form = request.mimetype in FORMS and not _keeps_form(request)
    refused = _refused(request.args) if request.query_string else {}
    refused |= _refused(request.form) if has_form else {}
    if refused:
        sentence = lazy("This holds characters that nobody can see. Type it instead of pasting it, and send it again.")
        raise Invalid(sentence, fields=refused)


def _refused(given: MultiDict[str, str]) -> dict[str, object]:
    """A sentence for each field with such a character, or far longer than anything that is typed."""
    found: dict[str, object] = {}
    for name, text in given.items(multi=True):
        if CONTROL.search(name) or CONTROL.search(text):
            found["text"] = lazy("Only letters, digits, signs and line breaks are kept.")
        elif len(text) > LONGEST_VALUE:
            found["text"] = lazy("This text is too long; at most %(n)d characters.", n=LONGEST_VALUE)
    return found


def _keeps_form(request: Request) -> bool:
    """The plain form of a check reads its texts as a phone's record is read."""
    return bool(getattr(current_app.view_functions.get(request.endpoint or ""), "keeps_form", False))
