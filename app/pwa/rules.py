"""What makes two copies of a page the same page, and which files scripts fetch by themselves. Knows no request."""

import hashlib
import re
from collections.abc import Iterable, Mapping

# Made anew at every answer and never read from a kept copy: scripts have their own token, id, clock and way in.
_FLEETING = re.compile(rb'(name="(?:csrf_token|id|opened_at|via|secret)" value=")[^"]*|(id="left"[^>]*>)[^<]*')

_FETCHED = re.compile(r'(?:import|new URL)\("\.(?:/(\w+\.js)|\./(css/\w+\.css))"')
_IMPORTED = re.compile(r'^import [^"]*"\./(\w+\.js)";$', re.MULTILINE)


def tag_of(page: bytes) -> str:
    """The same for two renderings that show the same."""
    lasting = _FLEETING.sub(lambda found: found[1] or found[2], page)
    return hashlib.sha256(lasting).hexdigest()[:24]


def fetched_later(scripts: Mapping[str, str], first: Iterable[str]) -> list[str]:
    """The files, named as below the static folder, that the `first` modules load on demand, with all those need.

    `scripts` has the text of every module by its name, such as `work`.
    """
    found: set[str] = set()
    waiting = [name for module in first for name in _on_demand(scripts[module])]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        text = scripts.get(name.removeprefix("js/").removesuffix(".js"), "")
        waiting += [*_on_demand(text), *(f"js/{each}" for each in _IMPORTED.findall(text))]
    return sorted(found)


def _on_demand(text: str) -> list[str]:
    return [f"js/{script}" if script else sheet for script, sheet in _FETCHED.findall(text)]
