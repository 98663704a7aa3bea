"""Badges for tests: print through the page, read the file as a phone and a person would, activate."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import zxingcpp
from PIL import Image

from app.accounts.models import Badge
from app.accounts.queries import token_key
from qr.token import new_token
from tests.support import builders

CODE = re.compile(r"\b(\d{3} \d{3})\b")
PIN = "9081"


def print_for(client, *people):
    """The answer to printing badges, by whoever is signed in with this client."""
    return client.send("/badges/cards.pdf", {"person": list(people)}, page="/badges")


def printed(pdf: bytes, folder: Path) -> tuple[list[str], list[str]]:
    """What the file says in order: the symbols by scanning its pages, the activation codes by reading its text."""
    (folder / "cards.pdf").write_bytes(pdf)
    for old in folder.glob("page*.pgm"):
        old.unlink()
    subprocess.run(["pdftoppm", "-gray", "-r", "150", "cards.pdf", "page"], cwd=folder, check=True)
    pages = [Image.open(BytesIO(page.read_bytes())) for page in sorted(folder.glob("page*.pgm"))]
    found = sorted(
        (number, code.position.top_left.y // 50, code.position.top_left.x, code.text)
        for number, page in enumerate(pages)
        for code in zxingcpp.read_barcodes(page)
    )
    text = subprocess.run(["pdftotext", "-layout", "cards.pdf", "-"], cwd=folder, check=True, capture_output=True)
    return [each[3] for each in found], [code.replace(" ", "") for code in CODE.findall(text.stdout.decode())]


def badge_for(leader, person: str, folder: Path) -> tuple[str, str]:
    """A fresh badge: its token and its activation code, as the crew leader hands them out."""
    (symbol,), (code,) = printed(print_for(leader, person).data, folder)
    return symbol.rpartition("/")[2], code


def activated(app, leader, person: str, folder: Path, pin: str = PIN) -> str:
    """A badge whose carrier has set a PIN, on a phone of its own; its token."""
    token, code = badge_for(leader, person, folder)
    answer = app.test_client().send(f"/b/{token}", {"code": code, "pin": pin, "again": pin})
    assert answer.status_code == 303, answer.status_code
    return token


def badge_row(person: str, **values) -> str:
    """A row as printing and activating leave it, without paper; its token. Call inside an app context."""
    token = new_token()
    days = {"issued_at": builders.NOW, "code_until": builders.NOW, "activated_at": builders.NOW}
    builders.kept(Badge, token_key=token_key(token), person_id=person, **(days | values))
    return token
