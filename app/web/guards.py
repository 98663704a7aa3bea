"""Every view says who may open it; a view that says nothing is refused at start."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask

from app.refusals import Forbidden
from app.web.current import Role, person
from app.web.words import lazy

P = ParamSpec("P")
R = TypeVar("R")
PUBLIC = "public"


def guarded(*roles: Role, external: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let only these roles in; no role means every signed-in person. Scope is checked by the feature's queries.

    A checker from outside gets in only where `external` says so.
    """

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def watched(*args: P.args, **kwargs: P.kwargs) -> R:
            who = person()
            if roles and who.role not in roles:
                raise Forbidden(lazy("Your account does not reach this page. Your crew leader or supervisor can help."))
            if who.external and not external:
                raise Forbidden(lazy("This account is for one inspection. It reaches that inspection only."))
            return view(*args, **kwargs)

        watched.guard = roles or tuple(Role)  # type: ignore[attr-defined]
        watched.external = external  # type: ignore[attr-defined]
        return watched

    return decorate


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Open to everyone, signed in or not; the view itself decides what a stranger sees."""
    view.guard = PUBLIC  # type: ignore[attr-defined]
    return view


def keeps_form(view: Callable[P, R]) -> Callable[P, R]:
    """What was typed into the form of this view survives a session that has ended meanwhile (`errors/again.html`)."""
    view.keeps_form = True  # type: ignore[attr-defined]
    return view


def guards_of(app: Flask) -> dict[str, Any]:
    """Endpoint to its guard, for the start check and the authorisation table of the tests."""
    return {name: getattr(view, "guard", None) for name, view in app.view_functions.items()}


def refuse_unguarded(app: Flask) -> None:
    """Stop the start when a view has no guard."""
    bare = sorted(name for name, guard in guards_of(app).items() if guard is None and name != "static")
    if bare:
        raise RuntimeError(f"views without a guard: {', '.join(bare)}")
