"""What a walk along the chain found, in plain sentences for the console."""

from __future__ import annotations

from app.chain.rules_faults import Kind, Outcome

MEANT = {
    Kind.CHANGED: "is not what it was when it was sealed",
    Kind.MISSING: "is gone, and no disposal permitted it",
    Kind.ENTRY: "an entry of the chain is missing",
    Kind.LINK: "an entry of the chain was changed",
    Kind.SEAL: "a seal does not fit its entries",
    Kind.UNSEALED: "came in past the program: it has no entry",
    Kind.BACKDATED: "says that it came before the chain was last sealed, and was not there then",
    Kind.TAIL: "what was sealed last is not there: this is an older copy, or the end was cut off",
    Kind.GAP: "an older copy of the database was put back here",
}
NO_KEY = (
    "{n} entries were sealed with a key that is not here: their links and records fit, "
    "but only an anchor outside (a signed sheet, a message, the page) proves that nobody made them anew"
)
OLDER = (
    "the next seal writes the gap into the chain, for ever; "
    "phones offer their receipts of the last 14 days again when they are next opened"
)
NO_HEAD = (
    "chain-head of the site is not in this instance folder: whether the copy is the newest is not known here; "
    "compare the head with one kept outside (a signed sheet, a message, /verify of before)"
)


def told(outcome: Outcome) -> list[str]:
    """How far the walk went, what does not fit, and what that means; the first fault stands above all others."""
    lines = [f"{outcome.entries} entries in {outcome.seconds:.1f} s, {outcome.disposed} disposed of"]
    lines.append(f"head {outcome.head}")
    if outcome.without_key:
        lines.append(NO_KEY.format(n=outcome.without_key))
    lines += [f"{each.kind}: entry {each.seq or '-'} {each.named}: {MEANT[each.kind]}" for each in outcome.faults]
    lines.append("nothing was changed" if outcome.ok else f"{outcome.found} faults; the first is above all others")
    return lines


def told_after_restore(outcome: Outcome, *, head_is_here: bool) -> list[str]:
    """The same, and what an older copy means for what was sealed after it."""
    lines = [f"history: {each}" for each in told(outcome)]
    if any(each.kind is Kind.TAIL for each in outcome.faults):
        lines.append(f"history: {OLDER}")
    elif outcome.entries and not head_is_here:
        lines.append(f"history: {NO_HEAD}")
    return lines


def only_older(outcome: Outcome) -> bool:
    """Whether nothing is wrong but that the copy is older than the site was, or had been put back before."""
    return all(each.kind in (Kind.TAIL, Kind.GAP) for each in outcome.faults)
