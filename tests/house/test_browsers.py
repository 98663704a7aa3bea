"""The oldest browsers that the README names understand what we send them: nothing newer is used unguarded.

`newer.txt` (python -m tools.browsers) holds every name of the web platform that came after them. A parser does not
know whose a member is, so a name counts as old as soon as one owner had it; `python -m tests.oldest` tries the rest.
"""

import re
from pathlib import Path

import tree_sitter
import tree_sitter_javascript

from tests.support.house import ROOT, plant

STATIC = "app/static"
OLDEST = "Chromium 90"
LANGUAGE = tree_sitter.Language(tree_sitter_javascript.language())
# What is newer and used all the same, each with what happens where it is missing.
GUARDED_JS = {
    "BarcodeDetector": "decode.js asks first and decodes itself",
    "detect": "of BarcodeDetector", "getSupportedFormats": "of BarcodeDetector",
    "OffscreenCanvas": "picture.js asks first; pictures are then made small in the page",
    "convertToBlob": "of OffscreenCanvas",
    "estimate": "room.js asks first; without it nothing is said about room",
    "hasBeenActive": "stream.js asks first: shaking is dressing", "userActivation": "the same",
    "inert": "steps stay open while a record is sent; what is sent was frozen before (frozen.js)",
    "permissions": "stream.js catches: the camera is asked for by opening it",
    "requestSubmit": "small.js asks first; desk.js and review.js are for a desk, Safari 16 there",
    "caches": "older as a bare name; window.caches is asked for first",
    "canShare": "outbox_file.js asks first and downloads", "share": "of canShare",
    "srcObject": "as old as streams; the list has a partial mark",
    "sync": "outbox.js asks first: the page sends", "connection": "asked for by ?.",
    "takePhoto": "live.js asks first and takes a frame", "vibrate": "asked for by ?.",
    "capture": "an attribute of a file input: without it the gallery is offered too",
}  # fmt: skip
# Names of our own objects that a later platform uses too.
OWN = {
    "badge", "build", "camera", "changed", "check", "claimed", "draw", "drop", "element", "icon", "in", "inputs",
    "lost", "move", "node", "number", "opened", "screens", "seconds", "side", "take", "turn", "unit", "until",
    "when",
}  # fmt: skip
OWN_UNLESS_CALLED = {"at"}
GUARDED_CSS = {
    "selector has": "within @supports, or showing more than is needed",
    "function color-mix": "an @supports beside it gives the heat map two shades",
    "property accent-color": "dressing", "property content-visibility": "speed only",
    "property contain-intrinsic-block-size": "speed only", "property hyphens": "dressing",
    "property outline": "as old as CSS; only its rounded corners are new", "property resize": "dressing",
    "property scrollbar-width": "dressing", "property text-size-adjust": "has its -webkit- twin or is not needed",
    "property text-wrap": "dressing", "property user-select": "has its -webkit- twin or is not needed",
    "media forced-colors": "a setting of Windows", "selector -moz-progress-bar": "of Firefox",
    "rule page": "paper only: the browser's own margins without it", "property size": "of @page",
    "selector details-content": "paper only: without it the link For paper opens the tables",
}  # fmt: skip
# Kinds of JavaScript that Chromium 90 cannot parse.
NEW_SYNTAX = {"class_static_block", "decorator", "using_declaration", "import_attribute"}
NEW_REGEX = re.compile(r"\(\?<[=!]")


def newer():
    """Kind -> names."""
    found = {}
    for line in Path(__file__).with_name("newer.txt").read_text("utf-8").splitlines()[1:]:
        kind, name, *_versions = line.split()
        found.setdefault(kind, set()).add(name)
    return found


def nodes(node):
    yield node
    for child in node.children:
        yield from nodes(child)


def named(node):
    """What a node calls by a name that may be the platform's: the kind and the name."""
    parent = node.parent
    if node.type == "property_identifier" and parent.type == "member_expression":
        outer = parent.parent
        name, called = node.text.decode(), outer.type == "call_expression" and outer.start_byte == parent.start_byte
        own = name in OWN or (name in OWN_UNLESS_CALLED and not called)
        return None if own else ("member", name)
    if node.type == "identifier" and parent.type in ("new_expression", "call_expression", "member_expression"):
        return "global", node.text.decode()
    return None


def faults_of_script(path, late):
    tree = tree_sitter.Parser(LANGUAGE).parse(path.read_bytes())
    if tree.root_node.has_error:
        yield f"{path.name} cannot be parsed"
    for node in nodes(tree.root_node):
        line = node.start_point[0] + 1
        if node.type in NEW_SYNTAX or (node.type == "regex" and NEW_REGEX.search(node.text.decode())):
            yield f"{path.name}:{line}: {node.type} is newer than {OLDEST}"
        kind, name = named(node) or ("", "")
        if name in late.get(kind, ()) and name not in GUARDED_JS:
            yield f"{path.name}:{line}: {kind} {name} is newer than {OLDEST}: guard it, and say so here"


def names_in_style(text):
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    patterns = {
        "property": r"(?<![\w-])([a-z][a-z-]+)\s*:(?!:)[^;{}]+[;}]",
        "selector": r"::?([a-z-]+)",
        "rule": r"@([a-z-]+)",
        "function": r"([a-z-]+)\(",
        "media": r"\(([a-z-]+)\s*[:)<>]",
    }
    for kind, pattern in patterns.items():
        for found in re.finditer(pattern, text):
            yield kind, found[1]


def faults_of_style(path, late):
    for kind, name in sorted(set(names_in_style(path.read_text("utf-8")))):
        if name in late.get(kind, ()) and f"{kind} {name}" not in GUARDED_CSS:
            yield f"{path.name}: {kind} {name} is newer than {OLDEST}: guard it, and say so here"


def faults(root):
    late = newer()
    scripts = [fault for path in sorted((root / STATIC).glob("js/*.js")) for fault in faults_of_script(path, late)]
    styles = [fault for path in sorted((root / STATIC).glob("css/*.css")) for fault in faults_of_style(path, late)]
    return scripts + styles


def test_given_all_scripts_and_styles_when_read_as_the_oldest_browsers_do_then_nothing_is_newer_unguarded():
    assert len(list((ROOT / STATIC).glob("js/*.js"))) > 40, "no scripts found: has the folder moved?"
    assert not (found := faults(ROOT)), "\n".join(found)


def test_given_planted_novelties_when_read_then_each_is_named(tmp_path):
    script = "Object.hasOwn(a, b);\nlist.toSorted();\nlist.at(-1);\nplace.at;\nstructuredClone(a);\nx = /(?<=a)b/;\n"
    plant(tmp_path, f"{STATIC}/js/new.js", script)
    plant(tmp_path, f"{STATIC}/js/block.js", "class A { static { go(); } }\nnew URLPattern();\n")
    style = "@layer a { .b { rotate: 3deg; color: oklch(1 0 0); } .c:user-valid { top: 0; } }"
    plant(tmp_path, f"{STATIC}/css/new.css", style)

    found = faults(tmp_path)

    assert len(found) == 11, "\n".join(found)


def test_given_the_readme_when_read_then_it_names_the_browsers_that_the_list_was_made_for():
    said = (ROOT / "README.md").read_text("utf-8")

    assert OLDEST in said
    assert "Safari 15.4" in said
