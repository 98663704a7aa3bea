"""The local authority's certificate, for phones that try the product by `dabiao serve --https`."""

from flask import Blueprint, Response, current_app

from app.refusals import NotFound
from app.web.guards import public
from app.web.words import _

bp = Blueprint("certificate", __name__)


@bp.get("/ca.crt")
@public
def authority() -> Response:
    """PEM, the form that Android and iPhones both install; the key beside it never leaves the folder."""
    path = current_app.extensions["settings"].local_authority
    if not path.exists():
        raise NotFound(_("There is no local certificate here."))
    return Response(path.read_bytes(), mimetype="application/x-x509-ca-cert")
