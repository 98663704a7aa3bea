"""The examples of docs/deploying.md are read: settings by the product, the rest by the tools that are at hand."""

import configparser
import re
import shutil
import subprocess

from app.config import Settings
from tests.support.house import ROOT

BLOCKS = re.findall(r"```(\w+)\n(.*?)```", (ROOT / "docs/deploying.md").read_text("utf-8"), re.DOTALL)
TOOLS = ("nginx", "caddy", "haproxy", "systemd-analyze")
NGINX = "pid {0}/pid;\nerror_log {0}/err;\nevents {{}}\nhttp {{\naccess_log off;\n{1}}}\n"
SPOOLS = "".join(f"{kind}_temp_path {{0}}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))


def blocks(kind):
    return [text for name, text in BLOCKS if name == kind]


def certificate(folder):
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1"]
    files = folder / "fullchain.pem", folder / "privkey.pem"
    made = subprocess.run(["openssl", *words, "-out", files[0], "-keyout", files[1]], capture_output=True, check=False)
    assert made.returncode == 0, made.stderr


def commands(tool, folder):
    """What the tool is asked, once the paths of the examples lead into `folder`."""
    here = {"/etc/ssl/dabiao": str(folder), "/var/log/nginx": str(folder)}
    texts = {kind: _replaced("".join(blocks(kind)), here) for kind in ("nginx", "caddyfile", "haproxy")}
    (folder / "nginx.conf").write_text(NGINX.format(folder, SPOOLS.format(folder) + texts["nginx"]))
    (folder / "Caddyfile").write_text(texts["caddyfile"])
    (folder / "haproxy.cfg").write_text(texts["haproxy"])
    units = {"dabiao.service": 1, "dabiao-backup.service": 2, "dabiao-backup.timer": 3}
    there = {"/opt/dabiao/.venv/bin/dabiao": "/bin/true", "/opt/dabiao": "/", "User=dabiao\n": ""}
    for name, number in units.items():
        (folder / name).write_text(_replaced(blocks("ini")[number], there))
    return {
        "nginx": ["-t", "-p", folder, "-c", folder / "nginx.conf"],
        "caddy": ["validate", "--config", folder / "Caddyfile", "--adapter", "caddyfile"],
        "haproxy": ["-c", "-f", folder / "haproxy.cfg"],
        "systemd-analyze": ["verify", *(folder / name for name in units)],
    }[tool]


def _replaced(text, paths):
    for one, other in paths.items():
        text = text.replace(one, other)
    return text


def test_given_the_file_of_settings_when_read_then_the_product_takes_each(tmp_path):
    given = dict(line.split("=", 1) for line in blocks("ini")[0].splitlines())

    settings = Settings.from_env(given | {"DABIAO_INSTANCE": str(tmp_path)})

    assert settings.production
    assert settings.s3 and settings.s3.bucket.endpoint == "https://s3.inside.example:9000"
    readme = (ROOT / "README.md").read_text("utf-8")
    assert all(f"| `{name}` |" in readme for name in given)


def test_given_the_units_when_read_then_each_starts_the_product_with_those_settings():
    units = []
    for text in blocks("ini")[1:]:
        unit = configparser.ConfigParser(strict=True, interpolation=None)
        unit.optionxform = str
        unit.read_string(text)
        units.append(unit)

    for unit in units[:2]:
        assert unit["Service"]["EnvironmentFile"] == "/etc/dabiao.env"
        assert unit["Service"]["ExecStart"].split()[0] == "/opt/dabiao/.venv/bin/dabiao"
        assert unit["Service"]["User"] == "dabiao"
    assert units[2].has_section("Timer")


def test_given_the_examples_when_their_own_tools_at_hand_read_them_then_none_complains(tmp_path):
    for tool in [name for name in TOOLS if shutil.which(name)]:
        folder = tmp_path / tool
        folder.mkdir()
        if tool in ("nginx", "caddy"):
            certificate(folder)

        asked = [shutil.which(tool), *commands(tool, folder)]
        done = subprocess.run(asked, capture_output=True, text=True, cwd=folder, check=False)

        assert done.returncode == 0, done.stdout + done.stderr
