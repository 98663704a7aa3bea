"""What a rule on bytes said: its verdict, or None when they were taken."""

from app.photos.rules import Unfit


def verdict_on(deed, *args):
    try:
        deed(*args)
    except Unfit as why:
        return why.verdict
    return None
