"""Modules joined into one script."""

from pathlib import Path

import brotli

from app.web.joined import JOINED, join

ROOT = Path(__file__).parents[2] / "app/static/js"


def test_given_two_modules_when_joined_then_names_stay_private_and_imports_read_what_the_other_gives():
    text = join(
        {
            "a": "const hidden = 1;\nexport function give() {\n  return hidden;\n}\n",
            "b": 'import { give } from "./a.js";\ngive();\n',
        }
    )

    assert "export" not in text
    assert "const { give } = module_a;" in text
    assert "return { give };" in text


def test_given_the_list_when_each_import_is_followed_then_it_stands_before_its_user():
    for page, modules in JOINED.items():
        for place, name in enumerate(modules):
            source = (ROOT / f"{name}.js").read_text("utf-8")
            wanted = [
                line.split('"./')[1].split(".js")[0] for line in source.splitlines() if line.startswith("import ")
            ]
            assert set(wanted) <= set(modules[:place]), f"{page}: {name} wants {wanted}"


def test_given_the_joined_script_when_asked_for_then_it_is_kept_for_good(app):
    address = f"/{app.extensions['assets']['prefix']}/js/work.joined.js"

    answer = app.test_client().get(address)

    assert answer.mimetype == "text/javascript"
    assert "immutable" in answer.headers["Cache-Control"]


def test_given_a_browser_that_unpacks_when_it_asks_for_the_joined_script_then_the_same_text_comes_packed(app):
    address, client = f"/{app.extensions['assets']['prefix']}/js/work.joined.js", app.test_client()
    plain = client.get(address)

    packed = client.get(address, headers={"Accept-Encoding": "gzip, br"})

    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3
    assert "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in packed.headers["Vary"]
    assert packed.headers["ETag"] != plain.headers["ETag"]
