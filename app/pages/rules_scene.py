"""The sign that stands for a step without a photo: by what its title names, else by what it asks for."""

import json
import re
from functools import lru_cache
from pathlib import Path

# Words of titles, in the language of the standards -> icon of the sprite; the first that fits counts.
_SIGNS = [
    (re.compile(words), sign)
    for words, sign in json.loads(Path(__file__).with_name("scenes.json").read_text("utf-8")).items()
]
_BY_EVIDENCE = {"number": "gauge", "photo": "camera", "text": "mic", "choice": "list-checks"}


@lru_cache(maxsize=2048)
def scene_of(title: str, evidence: str) -> str:
    """The name of an icon."""
    return next((sign for words, sign in _SIGNS if words.search(title)), _BY_EVIDENCE.get(evidence, "circle-check"))
