"""Setting what a point asks of its records."""

from app.audit.actions import note
from app.places.queries_proof import proof_of_point
from app.places.rules_proof import Asks
from app.places.writes import set_proof
from app.refusals import Invalid
from app.web.current import CurrentPerson
from app.web.words import lazy


def asks_named(said: str) -> Asks | None:
    """Nothing for the empty choice; raises Invalid for what is none of the choices."""
    if said and said not in set(Asks):
        sentence = lazy("This is not one of the possible answers.")
        raise Invalid(sentence, fields={"asks": sentence})
    return Asks(said) if said else None


def choose_proof(point_id: str, asks: Asks | None, fresh: str, who: CurrentPerson, *, renew: bool = False) -> bool:
    """Keep the choice; `fresh` becomes the secret where one is needed and none is there, or a new one is wanted.

    A new secret ends the words and tags of the old one. False when nothing changes.
    """
    now = proof_of_point(point_id)
    needed = asks in (Asks.WORD, Asks.TAG)
    secret = fresh if needed and (renew or not now.secret) else now.secret
    if (asks, secret) == (now.asks, now.secret):
        return False
    set_proof(point_id, asks, secret)
    data = {"asks": str(asks or ""), "before": str(now.asks or ""), "renewed": secret != now.secret}
    note("setting.changed", by_id=who.id, by_name=who.name, about=point_id, data=data)
    return True
