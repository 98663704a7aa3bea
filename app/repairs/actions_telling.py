"""Who hears of a repair order: the trade on duty when it is opened, whoever reported it when it is done."""

from __future__ import annotations

from datetime import datetime

from app.messages.actions import all_over, tell
from app.messages.rules_words import Kind
from app.repairs.queries import people_on_duty, reporters_of
from app.repairs.queries_list import OrderRow
from app.repairs.rules import Trade

A_LINE = 80


def tell_trade(order_id: str, point: str, text: str, trade: Trade, at: datetime, *, again: int = 0) -> None:
    """The people on duty; once an order and opening. It sounds in the duty room until somebody sees to it."""
    said = {"point": point, "text": text[:A_LINE]}
    key = f"repair:{order_id}:{trade.id}:{again}"
    tell(
        Kind.REPAIR,
        people_on_duty(trade),
        said,
        f"/repairs/{order_id}",
        at=at,
        key=key,
        sounds=True,
        unit_id=trade.org_id,
    )


def stop_sounding(order_id: str, at: datetime) -> None:
    """Somebody has seen to it, one way or another."""
    all_over(f"repair:{order_id}:", at)


def tell_reporter(order: OrderRow, at: datetime) -> None:
    """The echo: what was reported is done, or nothing was to be repaired."""
    said = {"point": order.point, "text": order.text[:A_LINE], "number": order.number}
    key = f"repaired:{order.id}:{order.reopened}"
    tell(Kind.REPAIR_DONE, reporters_of(order.id), said, f"/repairs/{order.id}", at=at, key=key)
