"""What every HTML page and fragment must hold, told as a list of faults."""

import hashlib
from base64 import b64encode
from html.parser import HTMLParser
from urllib.parse import urlsplit

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "use": "href"}


class Page(HTMLParser):
    """Reads the markup once and collects faults, links and forms."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.whole = text.lstrip().lower().startswith("<!doctype html")
        self.faults: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.forms: list[dict[str, object]] = []
        self.styles: list[str] = []
        self.titles: list[str] = []
        self.lang: str | None = None
        self._open: list[str] = []
        self._ids: set[str] = set()
        self.feed(text)
        self.close()
        self._sum_up()

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self._attributes(tag, given)
        self._element(tag, given)
        if tag not in VOID:
            self._open.append(tag)
        if tag == "title" and "svg" not in self._open:
            self.titles.append("")
        if tag == "style":
            self.styles.append("")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self._open or self._open[-1] != tag:
            self.faults.append(f"</{tag}> at {self.getpos()} closes {self._open[-1:] or 'nothing'}")
            if tag not in self._open:
                return
            while self._open[-1] != tag:
                self._open.pop()
        self._open.pop()

    def handle_data(self, data):
        if self._open and self._open[-1] == "title" and self.titles and "svg" not in self._open:
            self.titles[-1] += data
        if self._open and self._open[-1] == "style":
            self.styles[-1] += data

    def _attributes(self, tag, given):
        for name in given:
            if name == "style" or name.startswith("on"):
                self.faults.append(f"<{tag} {name}=…> at {self.getpos()}: inline {name}")
        if "id" in given:
            if given["id"] in self._ids or not given["id"]:
                self.faults.append(f"id {given['id']!r} twice or empty at {self.getpos()}")
            self._ids.add(given["id"])
        for name in ("href", "src", "action"):
            if given.get(name, "").strip().lower().startswith("javascript:"):
                self.faults.append(f"javascript: address at {self.getpos()}")

    def _element(self, tag, given):
        if tag == "html":
            self.lang = given.get("lang")
        if tag in LINKS and given.get(LINKS[tag]):
            self.links.append(("GET", given[LINKS[tag]]))
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self.faults.append(f"inline script at {self.getpos()}")
        if tag == "img" and "alt" not in given:
            self.faults.append(f"img without alt at {self.getpos()}")
        if tag == "form":
            self.forms.append(
                {"method": given.get("method", "get").upper(), "action": given.get("action", ""), "token": False}
            )
        if tag == "input" and given.get("name") == "csrf_token" and given.get("value") and self.forms:
            self.forms[-1]["token"] = True

    def _sum_up(self):
        if self._open:
            self.faults.append(f"never closed: {self._open}")
        if self.whole and not self.lang:
            self.faults.append("html without lang")
        if self.whole and (len(self.titles) != 1 or not self.titles[0].strip()):
            self.faults.append(f"one title is needed: {self.titles}")
        for form in self.forms:
            if form["method"] == "POST" and not form["token"]:
                self.faults.append(f"form to {form['action']!r} without csrf_token")
            self.links.append((form["method"], form["action"]))

    def style_hashes(self) -> list[str]:
        return ["sha256-" + b64encode(hashlib.sha256(style.encode()).digest()).decode() for style in self.styles]


def own_path(address: str) -> str | None:
    """The path of an address on this site; None for other sites, telephone and the like."""
    parts = urlsplit(address)
    return parts.path if not parts.scheme and not parts.netloc and parts.path.startswith("/") else None
