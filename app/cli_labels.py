"""`dabiao labels`: label sheets into a file, as the label page prints them."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from app import clock
from app.cli_files import write_whole
from app.db import atomically
from app.labels.actions import note_sheet, print_sheet
from app.labels.rules import Order
from app.organisations.rules import Scope
from app.places.queries import PlacedPoint, points_within
from app.refusals import Refusal
from qr.sheet import Site
from qr.stock import STOCKS


def register(group: click.Group) -> None:
    """Add the command."""
    group.add_command(labels)


@click.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="the PDF to write")
@click.option("--stock", type=click.Choice(list(STOCKS)), default="door", show_default=True, help="label paper, A4")
@click.option("--points", default="", help="codes of points, comma between, such as 01-01-WC-01; default all")
@click.option("--area", default="", help="an area or building by its id, such as ar-1-core1 or bld-1")
@click.option("--skip", default=0, show_default=True, type=click.IntRange(0, 23), help="used labels on the first sheet")
@with_appcontext
def labels(out: Path, stock: str, points: str, area: str, skip: int) -> None:
    """Print label sheets with the mounting list behind; every symbol is read back first."""
    settings = current_app.extensions["settings"]
    reach = points_within(Scope(None, answering=True))
    order = Order(STOCKS[stock], _ids(points, reach), area, tuple(range(skip)))
    try:
        made = print_sheet(order, reach, Site(settings.base_url, settings.service_telephone))
    except (Refusal, ValueError) as refusal:
        raise click.ClickException(str(getattr(refusal, "sentence", refusal))) from refusal
    atomically(lambda: note_sheet(made, "cli", clock.now()))
    write_whole(out, made.pdf)
    click.echo(f"{out}: {len(made.codes)} labels on {made.pages} sheets of {stock}, every symbol read back")


def _ids(codes: str, reach: list[PlacedPoint]) -> tuple[str, ...]:
    known = {point.code: point.id for point in reach}
    wanted = [code.strip().upper() for code in codes.split(",") if code.strip()]
    strange = [code for code in wanted if code not in known]
    if strange:
        raise click.ClickException(f"no point with the code {', '.join(strange)}")
    return tuple(known[code] for code in wanted)
