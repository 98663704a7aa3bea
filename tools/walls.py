"""`python -m tools.walls`: bandit, schemathesis, wapiti and sqlmap against a demo server of this machine.

The scanners live in a venv of their own (.venv-walls); the server listens on loopback with a database of its own.
What they said, and what became of it, stands in docs/security.md.
"""

import http.cookiejar
import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
SCANNERS = ("bandit", "schemathesis", "wapiti3", "greenlet", "sqlmap")
VENV, OUT = ROOT / ".venv-walls", ROOT / "instance" / "walls"
PORT = 8790
URL = f"http://127.0.0.1:{PORT}"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
# Addresses that read from the database by what stands in the address; sqlmap tries each named value.
READS = (
    "/people?q=a*&unit=org*",
    "/log?day=2026-11-20*",
    "/nonconformities?state=open*&q=a*",
    "/feedback?q=a*",
    "/standards?q=a*",
    "/P/7K3QX9M2TA*",
    "/login?next=/a*",
)


def main() -> int:
    """Run all four; gives back 1 when one of them found what is not answered."""
    scanner = _installed()
    OUT.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="dabiao-walls-") as folder:
        env = {**os.environ, "DABIAO_INSTANCE": folder, "DABIAO_BASE_URL": URL, "DABIAO_TIMER": "0"}
        _dabiao(env, "migrate")
        _dabiao(env, "demo", "--days", "2")
        server = subprocess.Popen(
            [VENV_OF_PROGRAM / "gunicorn", "--config", "python:app.serving", "--threads", "4",
             "--bind", f"127.0.0.1:{PORT}", "app:create_app()"], cwd=ROOT, env=env,
        )  # fmt: skip
        try:
            _wait()
            found = [_bandit(scanner), _schemathesis(scanner), _wapiti(scanner), _sqlmap(scanner)]
        finally:
            server.terminate()
            server.wait()
    print("\n".join(found))
    return int(any(line.startswith("FOUND") for line in found))


VENV_OF_PROGRAM = Path(sys.executable).parent


def _installed() -> Path:
    if not (VENV / "bin" / "sqlmap").exists():
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        subprocess.run([VENV / "bin" / "pip", "install", "--quiet", *SCANNERS], check=True)
    return VENV / "bin"


def _dabiao(env: dict[str, str], *words: str) -> None:
    subprocess.run([VENV_OF_PROGRAM / "dabiao", *words], check=True, env=env, cwd=ROOT)


def _wait() -> None:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{URL}/login").close()  # noqa: S310  the own server
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server has not come up")


def _session(account: str) -> tuple[str, str]:
    """The cookie of a session, and a token for changes."""
    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    token = TOKEN.search(opener.open(f"{URL}/login").read().decode())[1]  # type: ignore[index]
    form = {"account": account, "password": "dabiao-demo", "csrf_token": token}
    opener.open(f"{URL}/login", urllib.parse.urlencode(form).encode()).close()
    token = TOKEN.search(opener.open(f"{URL}/me/secrets").read().decode())[1]  # type: ignore[index]
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar), token


def _told(name: str, *, good: bool) -> str:
    return f"{'ok' if good else 'FOUND'} {name}: {OUT / name}.txt"


def _run(name: str, words: list[str | Path]) -> str:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    (OUT / f"{name}.txt").write_text(said, "utf-8")
    return said


def _bandit(bin_folder: Path) -> str:
    said = _run("bandit", [bin_folder / "bandit", "-q", "-r", "app", "qr", "--severity-level", "medium"])
    return _told("bandit", good="No issues identified" in said or not said.strip())


def _schemathesis(bin_folder: Path) -> str:
    cookie, token = _session("wk-01")
    said = _run(
        "schemathesis",
        [bin_folder / "schemathesis", "run", f"{URL}/api/v1/openapi.json", "--checks", "not_a_server_error",
         "--max-examples", "40", "--seed", "1", "-H", f"Cookie: {cookie}", "-H", f"X-CSRF-Token: {token}"],
    )  # fmt: skip
    return _told("schemathesis", good="not_a_server_error" not in said.split("SUMMARY")[-1] or "0 fail" in said)


def _wapiti(bin_folder: Path) -> str:
    cookie, _token = _session("adm-01")
    report = OUT / "wapiti.txt"
    _run(
        "wapiti-run",
        [bin_folder / "wapiti", "-u", f"{URL}/", "-H", f"Cookie: {cookie}", "--flush-session", "--scope", "folder",
         "-m", "csp,http_headers,cookieflags,sql,xss,file,redirect,exec,crlf,ssrf", "-x", f"{URL}/logout",
         "--max-scan-time", "600", "--max-links-per-page", "40", "-f", "txt", "-o", report, "--color"],
    )  # fmt: skip
    counts = re.findall(r"^ +(\S.*?) : +(\d+)$", report.read_text("utf-8"), re.MULTILINE)
    # Over plain http no cookie can be Secure; a test asks for it by https.
    return _told(
        "wapiti", good=all(n == "0" for what, n in counts if what not in ("Secure Flag cookie", "Crawled pages"))
    )


def _sqlmap(bin_folder: Path) -> str:
    cookie, _token = _session("adm-01")
    said = "".join(
        _run(f"sqlmap-{number}",
             [bin_folder / "sqlmap", "-u", f"{URL}{path}", f"--cookie={cookie}", "--batch", "--level", "2",
              "--risk", "1", "--flush-session", "--disable-coloring", "--skip-urlencode", "--timeout", "20"])
        for number, path in enumerate(READS)
    )  # fmt: skip
    (OUT / "sqlmap.txt").write_text(said, "utf-8")
    return _told("sqlmap", good="is vulnerable" not in said and "injectable" not in said.replace("not injectable", ""))


if __name__ == "__main__":
    sys.exit(main())
