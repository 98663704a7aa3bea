"""`python -m tools.browsers DATA`: writes tests/house/newer.txt, what is newer than the README's oldest browsers.

DATA is data.json of the npm package @mdn/browser-compat-data (CC0): `npm pack @mdn/browser-compat-data`, unpacked.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

OLDEST = {"chrome": (90, 0), "safari_ios": (15, 4)}
LIST = Path(__file__).resolve().parent.parent / "tests/house/newer.txt"
NEVER = (9999, 0)
# Owners whose members a script calls by their bare names.
SCOPES = ("Window", "WorkerGlobalScope", "ServiceWorkerGlobalScope")
Version = tuple[int, int]


def since(node: dict[str, Any], browser: str) -> Version:
    """The first version that has it without a switch and under this name, and has it still."""
    told = node["__compat"]["support"].get(browser, [])
    kept = [
        each["version_added"]
        for each in (told if isinstance(told, list) else [told])
        if isinstance(each.get("version_added"), str) and "version_removed" not in each
        and not {"flags", "prefix", "alternative_name"} & each.keys()
    ]  # fmt: skip
    versions = [_version(each) for each in kept if each != "preview"]
    return min(versions, default=NEVER)


def _version(text: str) -> Version:
    major, _, minor = text.removeprefix("≤").partition(".")
    return int(major), int(minor.partition(".")[0] or 0)


def named(node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Everything below that has versions, by the name that a program writes."""
    for key, child in node.items():
        if key == "__compat" or not isinstance(child, dict):
            continue
        if "__compat" in child:
            name = key.removesuffix("_static")
            yield (f"on{name.removesuffix('_event')}" if name.endswith("_event") else name), child
        yield from named(child)


def newer(kind: str, found: Iterator[tuple[str, dict[str, Any]]]) -> list[str]:
    """Lines of names that no meaning of them is old enough for; a name has as many meanings as there are owners."""
    first: dict[str, list[Version]] = {}
    for name, node in found:
        own = [since(node, browser) for browser in OLDEST]
        first[name] = [min(pair) for pair in zip(own, first.get(name, own), strict=True)]
    late = {
        name: own for name, own in first.items()
        if any(version > oldest for version, oldest in zip(own, OLDEST.values(), strict=True))
    }  # fmt: skip
    return [f"{kind} {name} {_text(own[0])} {_text(own[1])}" for name, own in sorted(late.items()) if " " not in name]


def _text(version: Version) -> str:
    return "-" if version == NEVER else f"{version[0]}.{version[1]}"


def flat(node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    return ((name, child) for name, child in node.items() if "__compat" in child)


def main() -> None:
    data = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    css, head = data["css"], f"# @mdn/browser-compat-data {data['__meta']['version']} (CC0); Chromium, Safari on iOS"
    api, builtins = data["api"], data["javascript"]["builtins"]
    lines = newer("member", (each for top in (*api.values(), *builtins.values()) for each in named(top)))
    lines += newer("global", (each for top in (api, builtins, *(api[name] for name in SCOPES)) for each in flat(top)))
    lines += newer("property", flat(css["properties"])) + newer("selector", flat(css["selectors"]))
    lines += newer("rule", flat(css["at-rules"])) + newer("media", flat(css["at-rules"]["media"]))
    lines += newer("function", (each for top in (css["types"], css["properties"]) for each in named(top)))
    LIST.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    print(f"{LIST.name}: {len(lines)} names")


if __name__ == "__main__":
    main()
