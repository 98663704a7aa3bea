"""The demo's contractors: their files, contracts and one dispute that waits for its decision."""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from app.accounts.queries import person_by_id
from app.contractors.actions import DisputeWish, keep_contract, keep_file, raise_dispute
from app.contractors.queries import Standing, contract_in
from app.contractors.queries_view import flags
from app.demo.compound import content

# Measures of the content by the names of the contract; those of other rooms have no level here.
LEVELS = {
    "on_time_rate": ("on_time",), "completion_rate": ("completion",), "key_point_compliance": ("key",),
    "photo_evidence_rate": ("photo",), "holiday_handover_coverage": ("holiday", "handover"),
    "nc_closed_on_time_rate": ("closed",),
}  # fmt: skip
WEIGHED = {
    "on_time_rate": "on_time", "completion_rate": "completion", "key_point_compliance": "key",
    "photo_evidence_rate": "photo", "holiday_handover_coverage": "coverage", "spot_check_pass_rate": "spot",
    "nc_closed_on_time_rate": "closed", "satisfaction_rate": "satisfied",
}  # fmt: skip
OFFICE, MANAGER, COMPANY = "std-01", "mgr-01", "ctr-clean"
REASON = "当日上级临时封闭该区域，保洁员无法进入，请核对门禁记录。"


def play_contractors(now: datetime, zone: tzinfo) -> None:
    """Through the real actions, by the standards section; the cleaning company disputes a flag of this month."""
    office, manager = person_by_id(OFFICE), person_by_id(MANAGER)
    if office is None or manager is None:
        raise LookupError(OFFICE)
    for unit in content("organisations"):
        if unit["kind"] == "contractor":
            keep_file(unit["id"], _file(unit), office, now)
            keep_contract(unit["id"], _contract(unit["profile"]), office, now)
    month = now.astimezone(zone).date().replace(day=1)
    contract = contract_in(COMPANY, month)
    if contract and (found := flags(COMPANY, contract, month, now, zone)):
        name = str(uuid5(NAMESPACE_URL, "dabiao:dispute"))
        raise_dispute(DisputeWish(name, COMPANY, month, found[0].kind, found[0].target, REASON), manager, now, zone)


def _file(unit: dict[str, Any]) -> dict[str, str]:
    told = unit["profile"]["profile"]
    return {
        "name": unit["name"], "address": told["address_zh"], "legal": f"{told['licence_zh']} {told['credit_code']}",
        "qualifications": "、".join(told["qualifications_zh"]), "certificates": told["staff_certificates_zh"],
        "contact": f"{told['contact_role_zh']} {told['contact']}", "services": told["services_zh"],
        "price": told["price_note_zh"], "performance": told["past_performance_zh"],
        "emergency": told["emergency_contact"],
    }  # fmt: skip


def _contract(told: dict[str, Any]) -> Standing:
    levels = {name: 100 * each["target"] for each in told["service_levels"] for name in LEVELS.get(each["metric"], ())}
    codes = tuple(sorted(number.rsplit("-", 1)[0] for number in told["standards"]))
    first, last = (date.fromisoformat(told["contract"][name]) for name in ("start", "end"))
    scope, weights = told["scope_zh"], {WEIGHED[each["metric"]]: each["weight"] for each in told["service_levels"]}
    repairs = "维" in scope or "运行" in scope
    return Standing(told["contract"]["no"], first, last, codes, scope, levels, repairs, weights)
