"""Carry what is queued: build the post, call the other side outside any transaction, keep what became of it."""

import logging
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from app import clock
from app.db import atomically, release
from app.messages.actions_outcomes import keep_outcome, let_lapse
from app.messages.actions_spread import spread
from app.messages.queries_choices import choices_of
from app.messages.queries_outbox import Channel, Waiting, busy_channels, locales_of, waiting_at
from app.messages.rules_channels import MANNERS, Via
from app.messages.rules_choices import DEFAULT, lapses_at
from app.messages.rules_outcomes import Outcome, Verdict, allowance, judged
from app.messages.rules_requests import Account, Call, Post, call_of, token_call
from app.messages.rules_spread import contact_of, mentioned
from app.messages.rules_texts import Item, line, many, one, portions, said
from app.messages.secrets import unseal
from app.messages.wire import send
from app.web.languages import speaking
from app.web.sealing import Keys

log = logging.getLogger(__name__)
# One run ends well before its lease does.
LONGEST_RUN = timedelta(seconds=60)
_dice = random.SystemRandom()
# Tokens of app channels live for two hours at their house; kept for this process, by channel and its last change.
_tokens: dict[tuple[int, datetime], str] = {}


@dataclass(frozen=True, repr=False)
class Outside:
    """What carrying needs to know of the installation."""

    keys: Keys
    base_url: str
    zone: ZoneInfo
    locale: str
    named_hosts: frozenset[str]


@dataclass(frozen=True)
class Parcel:
    """A post with the deliveries that it carries."""

    post: Post
    waiting: Sequence[Waiting]


def carry(outside: Outside) -> int:
    """Spread what is new and do the posts that are due; gives back how many went out."""
    started = clock.now()
    while atomically(lambda: spread(outside.zone, started)):
        pass
    atomically(lambda: let_lapse(started, outside.zone))
    sent = 0
    for channel in busy_channels(started):
        sent += _serve(channel, outside, started)
    return sent


def _serve(channel: Channel, outside: Outside, started: datetime) -> int:
    now = clock.now()
    waiting = waiting_at(channel.id, now)
    late = [each for each in waiting if (end := lapses_at(each.at, each.kind)) and end <= now]
    if late:
        atomically(lambda: let_lapse(now, outside.zone, {each.id for each in late}))
    parcels = _parcels(channel, [each for each in waiting if each not in late], outside)
    sent, posts = 0, channel.posts
    for parcel in islice(parcels, allowance(channel.via, posts, now.timestamp(), len(waiting))):
        if clock.now() - started > LONGEST_RUN:
            break
        outcome = _post(channel, parcel, outside)
        now = clock.now()
        channel = atomically(lambda: keep_outcome(channel, parcel.waiting, outcome, now, outside.zone, _dice.random()))  # noqa: B023
        sent += outcome.verdict is Verdict.SENT
        if outcome.verdict in (Verdict.AGAIN, Verdict.TOKEN):
            break
    return sent


def _post(channel: Channel, parcel: Parcel, outside: Outside) -> Outcome:
    """One call, with a fresh token once where the kept one has run out."""
    opened = unseal(channel.sealed, outside.keys)
    if opened is None:
        return Outcome(Verdict.FAILED, "sealed")
    if MANNERS[channel.via].contact and not parcel.post.to:
        return Outcome(Verdict.FAILED, "contact")
    # Nothing of the database is held while the other side takes its time.
    release()
    account = Account(opened.address, opened.secret, channel.settings)
    if channel.via not in (Via.WECOM_APP, Via.DINGTALK_APP):
        return _ask(channel, call_of(channel.via, account, parcel.post, clock.now().timestamp()), outside)
    key = (channel.id, channel.changed_at)
    for _try in range(2):
        if key not in _tokens:
            got = _ask(channel, token_call(channel.via, account), outside)
            if got.verdict is not Verdict.SENT:
                return got
            _tokens[key] = got.token
        known = replace(account, token=_tokens[key])
        outcome = _ask(channel, call_of(channel.via, known, parcel.post, clock.now().timestamp()), outside)
        if outcome.verdict is not Verdict.TOKEN:
            return outcome
        _tokens.pop(key, None)
    return outcome


def _ask(channel: Channel, call: Call, outside: Outside) -> Outcome:
    answer = send(call, outside.named_hosts)
    outcome = judged(channel.via, answer.status, answer.body, answer.fault, channel.settings.get("expected", ""))
    if outcome.verdict is not Verdict.SENT:
        log.warning("channel %d: %s", channel.id, outcome.reason)
    return outcome


def _parcels(channel: Channel, waiting: Sequence[Waiting], outside: Outside) -> Iterable[Parcel]:
    """A group gets one post for all, single people one each; more than three messages are gathered."""
    people = {each.person_id for each in waiting if each.person_id} | {who for each in waiting for who in each.people}
    chosen, spoken = choices_of(people), locales_of(sorted(people))
    receivers: dict[str | None, list[Waiting]] = {}
    for each in waiting:
        receivers.setdefault(each.person_id, []).append(each)
    for person_id, theirs in receivers.items():
        with speaking((spoken.get(person_id) if person_id else None) or outside.locale):
            items = [_item(each, outside) for each in theirs]
            sizes = [len(line(item).encode()) + 1 for item in items]
            texts = [
                (part, _text(items[part], outside)) for part in portions(sizes, MANNERS[channel.via].most_bytes - 200)
            ]
        for part, text in texts:
            mobiles, accounts = mentioned(channel.via, [who for each in theirs[part] for who in each.people], chosen)
            urgent = any(each.urgent for each in theirs[part])
            choice = chosen.get(person_id or "", DEFAULT)
            to = contact_of(channel.via, choice, channel.id, urgent=urgent) if person_id else ""
            yield Parcel(Post(text, items[part], to, tuple(mobiles), tuple(accounts)), theirs[part])


def _item(each: Waiting, outside: Outside) -> Item:
    title, text = said(each.kind, each.params)
    stamp = each.at.astimezone(outside.zone).strftime("%m-%d %H:%M")
    link = outside.base_url + each.link
    return Item(each.id, each.key, each.kind, title, text, link, stamp, each.urgent, tuple(each.people))


def _text(items: Sequence[Item], outside: Outside) -> str:
    return one(items[0]) if len(items) == 1 else many(items, f"{outside.base_url}/messages")
