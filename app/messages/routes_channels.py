"""The page of channels: which there are, how they do, adding, changing, trying out, trying again."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.messages.actions_channels import Sheet, add_channel, channel_named, edit_channel, try_again, try_out
from app.messages.forms_channels import ChannelForm, Known, parse_channel
from app.messages.queries_channels import counts, failed_at, fault_words
from app.messages.queries_outbox import Channel, channels
from app.messages.rules_access import KEEPERS
from app.messages.rules_channels import MANNERS, Via
from app.messages.rules_words import TITLES, Kind
from app.organisations.queries import units
from app.web.current import person
from app.web.guards import guarded
from app.web.words import _, ngettext

bp = Blueprint("channels", __name__, url_prefix="/messages/channels")


@bp.get("")
@guarded(*KEEPERS)
def index() -> ResponseReturnValue:
    return render_template(
        "messages/channels.html",
        channels=channels(active_only=False),
        counts=counts(),
        manners=MANNERS,
        fault_words=fault_words,
        at=clock.now(),
    )


@bp.get("/new/<via>")
@guarded(*KEEPERS)
def new(via: str) -> ResponseReturnValue:
    kind = Via(via) if via in set(Via) else Via.WEBHOOK
    form = ChannelForm("", kind, MANNERS[kind].address, "", {}, [], [], "21:30", "06:30", active=True)
    return _page(form, None)


@bp.post("")
@guarded(*KEEPERS)
def add() -> ResponseReturnValue:
    who, now, form = person(), clock.now(), _parsed(None)
    if form.errors:
        return _page(form, None), 422
    number = atomically(lambda: add_channel(who, _sheet(form), _settings().keys, now))
    flash(_("The channel stands. Send a trial to see that it arrives."), "ok")
    return redirect(url_for(".show", channel_id=number), 303)


@bp.get("/<int:channel_id>")
@guarded(*KEEPERS)
def show(channel_id: int) -> ResponseReturnValue:
    kept = channel_named(channel_id)
    form = ChannelForm(
        kept.name,
        kept.via,
        "",
        "",
        dict(kept.settings),
        sorted(kept.kinds),
        sorted(kept.unit_ids),
        *kept.quiet,
        kept.active,
    )
    return _page(form, kept)


@bp.post("/<int:channel_id>")
@guarded(*KEEPERS)
def change(channel_id: int) -> ResponseReturnValue:
    who, now, kept = person(), clock.now(), channel_named(channel_id)
    form = _parsed(kept.via)
    if form.errors:
        return _page(form, kept), 422
    atomically(lambda: edit_channel(channel_id, who, _sheet(form), _settings().keys, now))
    flash(_("Kept. It counts from now on."), "ok")
    return redirect(url_for(".show", channel_id=channel_id), 303)


@bp.post("/<int:channel_id>/trial")
@guarded(*KEEPERS)
def trial(channel_id: int) -> ResponseReturnValue:
    who, now = person(), clock.now()
    atomically(lambda: try_out(channel_id, who, now))
    flash(_("A trial is on its way. It goes out within seconds; look here again."), "ok")
    return redirect(url_for(".show", channel_id=channel_id), 303)


@bp.post("/<int:channel_id>/retry")
@guarded(*KEEPERS)
def retry(channel_id: int) -> ResponseReturnValue:
    now, wanted = clock.now(), request.form.get("delivery", "")
    one = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 16 else None
    count = atomically(lambda: try_again(channel_id, now, one if wanted else None) if one or not wanted else 0)
    flash(ngettext("%(num)d is tried again.", "%(num)d are tried again.", count), "ok")
    return redirect(url_for(".show", channel_id=channel_id), 303)


def _settings() -> Any:
    return current_app.extensions["settings"]


def _parsed(via: Via | None) -> ChannelForm:
    known = Known(_settings().message_hosts, {unit.id for unit in units()}, via)
    return parse_channel(request.form, request.form.getlist("kinds"), request.form.getlist("units"), known)


def _sheet(form: ChannelForm) -> Sheet:
    names = ("name", "settings", "kinds", "unit_ids", "quiet_from", "quiet_to", "active")
    plain = {name: getattr(form, name) for name in names}
    return Sheet({**plain, "kind": form.via}, form.address, form.secret)


def _page(form: ChannelForm, kept: Channel | None) -> str:
    return render_template(
        "messages/channel.html",
        form=form,
        errors=form.errors,
        kept=kept,
        manner=MANNERS[form.via] if form.via else None,
        kinds={kind: text for kind, text in TITLES.items() if kind is not Kind.TEST},
        units=units(),
        failed=failed_at(kept.id) if kept else [],
        counts=counts().get(kept.id, {}) if kept else {},
        fault_words=fault_words,
        at=clock.now(),
    )
