"""Prints the table as the program answers now: `python -m tests.authorisation.measure`; judge a line, then keep it."""

import sys
import tempfile
from pathlib import Path

from tests.authorisation.test_table import COLUMNS, TABLE, World, ask, is_refusal, read_table, routes
from tests.authorisation.world import RELATIONS, everything
from tests.support.databases import Templates

SHORT = dict(zip(COLUMNS, ("wrk", "drv", "crw", "sup", "mgr", "ins", "std", "ldr", "aud", "adm", "-"), strict=True))


def measured(world: World) -> dict[tuple[str, str, str], list[int]]:
    found: dict[tuple[str, str, str], list[int]] = {route: [] for route in routes(world.app)}
    for actor in COLUMNS:
        before = everything(world.app)
        for route, statuses in found.items():
            answer = ask(world.app, actor, route)
            statuses.append(answer.status_code)
            if everything(world.app) != before:
                if is_refusal(answer, actor):
                    print("CHANGED", actor, *route, answer.status_code, file=sys.stderr)
                world.restore()
    return found


def main() -> None:
    folder = Path(tempfile.mkdtemp())
    templates = Templates(folder / "templates")
    world = World("sqlite", templates, folder)
    found = measured(world)
    width = max(len(address) for _, address, _ in found)
    kept = read_table() if TABLE.exists() else {}
    print("# method, address, relation, then the status for each of:", *COLUMNS)
    print("#".ljust(16 + width), *(f"{SHORT[actor]:<3}" for actor in COLUMNS), sep=" ")
    for route in sorted(found, key=lambda each: (each[1], each[0], RELATIONS.index(each[2]))):
        method, address, relation = route
        news = (
            "" if kept.get(route) == dict(zip(COLUMNS, found[route], strict=True)) or not kept else "  # NEW OR CHANGED"
        )
        print(f"{method:<6} {address:<{width}} {relation:<7} {' '.join(map(str, found[route]))}{news}")
    world.close()
    templates.close()


if __name__ == "__main__":
    main()
