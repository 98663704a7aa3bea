"""A patrol before a camera that plays a film: its world, labels and hostile codes."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.db import atomically
from app.places.rules_proof import Asks
from app.places.writes import set_proof
from qr.payload import check_character
from tests.browser.test_accessible import AXE, RUN
from tests.support import builders as a
from tests.support.cameras import frame
from tests.support.house import ROOT
from tests.support.standards import step_document as step
from tests.support.walk import load_walk

VECTORS = json.loads((ROOT / "tests/vectors/labels.json").read_text("utf-8"))

BEATS = tuple(nine + check_character(nine) for nine in ("PATR00001", "PATR00002", "PATR00003"))

LONELY = "PATR00004" + check_character("PATR00004")

# Places that ask for the word at their door, and for their tag.
WORDED, TAGGED = (nine + check_character(nine) for nine in ("PATR00005", "PATR00006"))
PROOF_SECRET = "0f" * 16

NO_WASM = "delete window.WebAssembly"

NO_CAMERA = "delete Navigator.prototype.mediaDevices"

# A phone with a lamp, a lens that zooms, and two cameras; what is asked of the track is noted.
EQUIPPED = """
window.asked = [];
MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true, zoom: { min: 1, max: 5, step: 0.5 } });
MediaStreamTrack.prototype.applyConstraints = async (wanted) => void window.asked.push(wanted.advanced[0]);
const all = MediaDevices.prototype.enumerateDevices;
MediaDevices.prototype.enumerateDevices = async function () {
  const found = (await all.call(this)).filter((device) => device.kind === "videoinput");
  return [{ kind: "videoinput", deviceId: "front" }, ...found.slice(0, 1)];
};
window.cameras = [];
const open = MediaDevices.prototype.getUserMedia;
MediaDevices.prototype.getUserMedia = function ({ video }) {
  window.cameras.push(video.deviceId?.exact || video.facingMode.ideal);
  return open.call(this, { video: true });
};
"""

OPENED = re.compile(r"/p/[0-9A-Z]{10}\?via=scan$")


def load_beat(app):
    """The walk, and four places of a patrol whose steps are plain ticks."""
    load_walk(app)
    ticks = [step("S01", title="门窗关好"), step("S02", title="通道畅通")]
    a.standard(*ticks, code="JGSW05006.01", confirm="together")
    for number, code in enumerate((*BEATS, LONELY, WORDED, TAGGED), 1):
        a.point(f"beat{number}", code, name=f"巡查点{number}")
        a.works_at(f"beat{number}", "JGSW05006.01")
        common = {"standard_code": "JGSW05006.01", "edition": "JGSW05006.01-2026", "assignee_id": "wk-01"}
        a.occurrence(f"beat{number}", **common, **_due_now(), label="夜间巡查")
    for point, asks in (("beat5", Asks.WORD), ("beat6", Asks.TAG)):
        atomically(lambda point=point, asks=asks: set_proof(point, asks, PROOF_SECRET))


def _due_now():
    now = datetime.now(UTC)
    return {"start": now - timedelta(minutes=10), "business_on": now.astimezone(ZoneInfo("Asia/Shanghai")).date()}


def label(server, code):
    return f"{server.url}/P/{code}".upper()


def hostile(server):
    """Thirty of the shared cases, turned against this very host, each with the words that are to be shown."""
    own = server.url.removeprefix("http://")
    cases = [case for case in VECTORS["scans"] if case.get("refused") not in (None, "empty", "code", "too_long")]
    texts = [re.sub("dabiao.example.gov.cn", own, case["text"], flags=re.IGNORECASE) for case in cases]
    printable = [text for text in texts if "\x00" not in text]
    return printable[:: max(1, len(printable) // 30)][:30]


def photo(text=None):
    out = io.BytesIO()
    frame(text, side=700, size=(3000, 2200)).save(out, "JPEG", quality=90)
    return {"name": "code.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def violations(page):
    page.evaluate(AXE)
    return [(page.url, each["id"]) for each in page.evaluate(RUN)["violations"]]


def submitted(page, leads_to="**/checks/*new=1"):
    page.tap("#S01 .opt >> nth=0")
    page.tap("#S04 .opt.pass")
    page.tap(".rest")
    page.tap("#submit")
    page.wait_for_url(leads_to)
