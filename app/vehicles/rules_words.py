"""What entries, blocks and warnings of vehicles are called."""

from app.vehicles.rules import EntryKind
from app.vehicles.rules_board import Face
from app.vehicles.rules_odometer import Fault
from app.vehicles.rules_response import Answered
from app.vehicles.rules_standing import Block, Near
from app.web.words import lazy

ENTRIES = {
    EntryKind.DEPARTED: lazy("Departed"),
    EntryKind.RETURNED: lazy("Returned"),
    EntryKind.FUELLED: lazy("Fuelled or charged"),
    EntryKind.SERVICED: lazy("Serviced"),
    EntryKind.OVERRIDE: lazy("Emergency override"),
    EntryKind.BACKFILLED: lazy("Override written up"),
    EntryKind.LAPSED: lazy("Override not written up: a finding"),
    EntryKind.CORRECTION: lazy("Correction proposed"),
    EntryKind.AGREED: lazy("Correction agreed"),
    EntryKind.REFUSED: lazy("Correction refused"),
    EntryKind.SEALED: lazy("Sealed for the holiday"),
    EntryKind.UNSEALED: lazy("Seal taken off"),
    EntryKind.ACCIDENT: lazy("Accident"),
    EntryKind.FILED: lazy("File changed"),
}
ENTRY_ICONS = {
    EntryKind.DEPARTED: "arrow-right",
    EntryKind.RETURNED: "undo",
    EntryKind.FUELLED: "plug",
    EntryKind.SERVICED: "wrench",
    EntryKind.OVERRIDE: "triangle-alert",
    EntryKind.BACKFILLED: "check",
    EntryKind.LAPSED: "circle-x",
    EntryKind.CORRECTION: "pencil",
    EntryKind.AGREED: "check",
    EntryKind.REFUSED: "x",
    EntryKind.SEALED: "lock",
    EntryKind.UNSEALED: "key",
    EntryKind.ACCIDENT: "circle-alert",
    EntryKind.FILED: "file-text",
}
BLOCKS = {
    Block.SERVICE: lazy("Service due: its distance is reached"),
    Block.MONTHLY: lazy("Last month's inspection is missing"),
    Block.FAILED: lazy("A check failed in a step that blocks"),
    Block.PAPERS: lazy("Yearly inspection or insurance has expired"),
    Block.SEALED: lazy("Sealed for the holiday"),
    Block.NO_CHECK: lazy("The check before the trip is missing"),
}
NEARS = {
    Near.SERVICE: lazy("Service comes near"),
    Near.PAPERS: lazy("Yearly inspection or insurance ends soon"),
    Near.DOUBT: lazy("An odometer reading is in doubt"),
    Near.FUEL: lazy("Over the quota twice in a row"),
    Near.BACK_FILL: lazy("An override waits to be written up"),
}
FAULTS = {
    Fault.FALLS: lazy("lower than before"),
    Fault.JUMPS: lazy("more than 800 km a day"),
}
PAPERS = {
    "annual_inspection_due": lazy("Yearly inspection until"),
    "insurance_due": lazy("Insurance until"),
}
ANSWERED = {
    Answered.IN_TIME: lazy("In time"),
    Answered.LATE: lazy("Too late"),
    Answered.OPEN: lazy("Time still runs"),
    Answered.DROPPED: lazy("Cancelled in time"),
}
ANSWERED_KINDS = {Answered.IN_TIME: "ok", Answered.LATE: "bad", Answered.OPEN: "info", Answered.DROPPED: "mute"}
FILE = {
    "plate": lazy("Plate"),
    "model": lazy("Model"),
    "kind": lazy("Kind of vehicle"),
    "energy": lazy("Fuel or power"),
    "use": lazy("Used for"),
    "bay": lazy("Bay"),
    "seats": lazy("Seats"),
    "service_interval_km": lazy("Service every (km)"),
    "fuel_quota": lazy("Quota per 100 km (L or kWh)"),
    **PAPERS,
}
FACES = {
    Face.BLOCKED: lazy("Kept in"),
    Face.OUT: lazy("Out"),
    Face.WARNED: lazy("Ready, look soon"),
    Face.READY: lazy("Ready to go"),
}
FACE_KINDS = {Face.BLOCKED: "bad", Face.OUT: "info", Face.WARNED: "due", Face.READY: "ok"}
