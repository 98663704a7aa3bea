"""Labels to PDF: CPU time of ours against WeasyPrint with PNG symbols in one run (at least 8x, 4x with read-back)."""

import argparse
import base64
import sys
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import qrcode

from qr import symbol, typeface
from qr.label import Label
from qr.payload import display, new_code, symbol_text
from qr.sheet import Site, sheet_pdf
from qr.stock import STOCKS

SITE = Site("https://daka.example.gov.cn", "023-1234 5678")
MUST = {"without_read_back": 8.0, "with_read_back": 4.0}
_CSS = """
@page { size: A4; margin: 12.9mm 7mm }
body { margin: 0; font: 6.5pt "Noto Sans SC", "Noto Sans CJK SC", sans-serif }
.label { float: left; box-sizing: border-box; width: 63.5mm; height: 33.9mm; border: .2mm solid #b9b6ac }
.band { height: 5.2mm; padding: 0 2mm; background: #2e8b57; color: #fff; font-size: 8pt }
img { float: left; width: 26mm; height: 26mm } b { font-size: 11pt }
"""


def sample(count: int) -> list[Label]:
    """Labels as a compound has them: many names, few places."""
    return [
        Label(
            new_code(),
            f"{n % 9 + 1}号楼{n % 20 + 1}层{n % 7}号卫生间",
            f"{n:05d}",
            f"{n % 9 + 1}号楼",
            "绿色·饮食与绿化区",
            "#2e8b57",
        )
        for n in range(count)
    ]


def weasyprint_pdf(labels: list[Label]) -> bytes:
    """The usual way: a PNG a symbol, one HTML page, WeasyPrint."""
    import weasyprint  # the peer is installed only for measuring

    body = "".join(_html(label) for label in labels)
    pdf: bytes = weasyprint.HTML(string=f"<style>{_CSS}</style>{body}").write_pdf()
    return pdf


def _html(label: Label) -> str:
    out = BytesIO()
    text = symbol_text(SITE.base_url, label.code)
    qrcode.make(text, error_correction=qrcode.constants.ERROR_CORRECT_Q, box_size=8).save(out)
    image = base64.b64encode(out.getvalue()).decode()
    return (
        f'<div class="label"><div class="band">{label.place} {label.zone}</div>'
        f'<img src="data:image/png;base64,{image}">'
        f"<b>{label.name}</b><br>{label.point}<br><b>{display(label.code)}</b><br>"
        f"扫码看标准<br>只认 {SITE.imprint.host}</div>"
    )


def measure(count: int = 1000) -> dict[str, float]:
    """CPU seconds of every way for `count` labels, and the ratios of WeasyPrint to ours."""
    labels, stock = sample(count), STOCKS["small"]
    weasyprint_pdf(labels[:1])  # neither side pays for its imports
    sheet_pdf(labels[:1], stock, SITE)
    ours = _cpu(lambda: sheet_pdf(labels, stock, SITE, verified=False))
    read = _cpu(lambda: sheet_pdf(labels, stock, SITE))
    peer = _cpu(lambda: weasyprint_pdf(labels))
    return {
        "labels": count,
        "ours_s": ours,
        "ours_with_read_back_s": read,
        "weasyprint_s": peer,
        "without_read_back": peer / ours,
        "with_read_back": peer / read,
    }


def _cpu(work: Callable[[], Any]) -> float:
    for kept in (typeface.font, typeface.fit, symbol._template):  # noqa: SLF001 - the tables are the work measured
        kept.cache_clear()  # every way loads its typeface and builds its tables
    before = time.process_time()
    work()
    return time.process_time() - before


def main() -> int:
    """Prints the figures; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="labels to print (default: %(default)s)")
    figures = measure(parser.parse_args().count)
    for name, value in figures.items():
        goal = f"  (must be at least {MUST[name]:g})" if name in MUST else ""
        sys.stdout.write(f"{name:24}{value:10.2f}{goal}\n")
    return 0 if all(figures[name] >= least for name, least in MUST.items()) else 1


if __name__ == "__main__":
    sys.exit(main())
