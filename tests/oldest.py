"""`python -m tests.oldest`: a worker's checks in Chromium 90, the oldest browser of the README; 1 when one fails.

Fetches that browser with npm (tools/node/oldest), unpacks it below build/ and serves a small world of its own to it.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import brotli
from flask_migrate import upgrade

from tests.support import builders
from tests.support.databases import let_go, make_app
from tests.support.killing import rows
from tests.support.pictures import jpeg
from tests.support.servers import serving
from tests.support.walk import ROOMS, load_walk

ROOT = Path(__file__).resolve().parent.parent
NODE, BUILD = ROOT / "tools/node/oldest", ROOT / "build/oldest"


def browser() -> Path:
    """The program, unpacked once with the libraries it came with."""
    packed, program = NODE / "node_modules/chrome-aws-lambda/bin", BUILD / "chromium"
    if not program.exists():
        subprocess.run(["npm", "ci", "--silent", "--no-fund", "--no-audit", "--prefix", NODE], check=True)
        BUILD.mkdir(parents=True, exist_ok=True)
        for name in ("aws", "swiftshader"):
            archive = BUILD / f"{name}.tar"
            archive.write_bytes(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))
            subprocess.run(["tar", "-xf", archive, "-C", BUILD], check=True)
        program.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
        program.chmod(0o755)
    return program


def world(url: str, instance: Path) -> None:
    """Two restrooms with a task that is due, and their worker."""
    app = make_app(url, instance)
    with app.app_context():
        upgrade()
        load_walk(app)
    let_go(app)


def walk(folder: Path) -> tuple[dict[str, object], object]:
    """What the browser told, and how many checks and photos the server then held."""
    url, photo = f"sqlite:///{folder / 'oldest.sqlite3'}", folder / "photo.jpg"
    photo.write_bytes(jpeg(3000, 2000))
    world(url, folder)
    with serving(url, folder) as server:
        command = ["node", NODE / "walk.mjs", browser(), server.url, photo, builders.PASSWORD, *ROOMS[:2]]
        env = os.environ | {"LD_LIBRARY_PATH": str(BUILD / "lib")}
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=180)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    counted = rows(url, "select (select count(*) from checks), (select count(*) from photos)")[0]
    return json.loads(done.stdout), counted


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        told, counted = walk(Path(folder))
    sys.stdout.write(json.dumps({**told, "checks and photos": counted}, ensure_ascii=False, indent=1) + "\n")
    sys.exit(0 if counted == (2, 2) and not told["faults"] else 1)


if __name__ == "__main__":
    main()
