"""README names every setting with its unit, and no setting that is none."""

import re
from pathlib import Path

from tests.support.house import ROOT, plant

READ = re.compile(r'\.get\("([A-Z0-9_]+)"')
NAMED = re.compile(r"^\| `DABIAO_([A-Z0-9_]+)` \| (?P<unit>[^|]+) \|", re.MULTILINE)


def faults(root: Path) -> list[str]:
    read = set(READ.findall((root / "app/config.py").read_text("utf-8")))
    named = {found[1]: found["unit"].strip() for found in NAMED.finditer((root / "README.md").read_text("utf-8"))}
    return (
        [f"DABIAO_{name} is not in README" for name in sorted(read - set(named))]
        + [f"DABIAO_{name} in README is no setting" for name in sorted(set(named) - read)]
        + [f"DABIAO_{name} has no unit" for name, unit in named.items() if not unit]
    )


def test_given_all_settings_when_readme_is_read_then_each_is_named_with_its_unit():
    found = faults(ROOT)

    assert not found, "\n".join(found)


def test_given_a_planted_setting_when_readme_is_read_then_it_is_missed(tmp_path):
    plant(tmp_path, "app/config.py", 'reader.get("COLOUR", str, "")')
    plant(tmp_path, "README.md", "| `DABIAO_SIZE` | mm | 3 |")

    assert len(faults(tmp_path)) == 2
