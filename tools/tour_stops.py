"""The stops of the tour: who looks at which address on what; read by tools/tour.py and tools/frontend.py."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Stop:
    """One picture: who looks at which address on what, and the deeds before the picture (selectors to click)."""

    name: str
    title: str
    text: str
    who: str | None
    path: str
    desk: bool = False
    clicks: tuple[str, ...] = ()
    dark: bool = False
    english: bool = False


STOPS: tuple[tuple[str, tuple[Stop, ...]], ...] = (
    (
        "A visitor and the front door",
        (
            Stop(
                "public",
                "What a visitor sees",
                "The code on the door opens the public page: when it was last cleaned, what comes next, who is responsible.",
                None,
                "/p/9256FGEC31",
            ),
            Stop(
                "sign-in",
                "Sign-in",
                "One page, works without JavaScript; the way back to the scanned point is kept.",
                None,
                "/login",
            ),
            Stop(
                "badge",
                "Sign-in by badge",
                "刷卡 opens the scanner; the number at the bottom of the badge can be typed. A team phone shows this first.",
                None,
                "/b",
            ),
            Stop(
                "enter",
                "The scanner",
                "The camera, a photo of the code, or its ten characters; on a patrol one label after the other. Foreign codes are refused.",
                "wk-43",
                "/p",
            ),
        ),
    ),
    (
        "A worker's day",
        (
            Stop(
                "home",
                "The round",
                "What can still be saved, what is due now, what comes next, what is done.",
                "wk-43",
                "/",
            ),
            Stop(
                "work",
                "The work page",
                "The standard as steps: requirement, key mark, limits, safety, reference picture.",
                "wk-43",
                "{task}",
            ),
            Stop(
                "step-by-step",
                "One step a screen",
                "A picture, the step, its answers; the loudspeaker says it aloud; on by itself with large text.",
                "wk-43",
                "/p/9256FGEC31?standard=JGSW05003.01-2026&profile=round",
                clicks=("#mode",),
            ),
            Stop(
                "unable",
                "做不了, one tap",
                "Five pictured reasons; it counts as reported, not missed.",
                "wk-43",
                "/p/9256FGEC31?standard=JGSW05003.01-2026&profile=round",
                clicks=("a[href='#unable']",),
            ),
            Stop(
                "work-dark",
                "The same in the dark",
                "The colours of the phone are followed.",
                "wk-43",
                "{task}",
                dark=True,
            ),
            Stop(
                "work-en",
                "The same in English",
                "The interface in English, the standard in the language it was written in.",
                "wk-43",
                "{task}",
                english=True,
            ),
            Stop(
                "outbox",
                "What waits on the phone",
                "Kept, on its way, refused with the reason, arrived with its number; photos by Wi-Fi only where wished.",
                "wk-43",
                "/outbox",
            ),
            Stop("me", "Me", "Own figures of the month, sessions, language, large text.", "wk-43", "/me"),
        ),
    ),
    (
        "A crew leader",
        (
            Stop(
                "rounds", "The crew's day", "Who has which round, how far it is, 顶班 in one tap.", "wk-42", "/rounds"
            ),
            Stop(
                "patrols",
                "Patrols",
                "Today's runs of each route, how far they are, the next point and what was missed (漏巡).",
                "wk-58",
                "/patrols",
            ),
            Stop(
                "book",
                "A room in twenty seconds",
                "Room, day, start, length. No title, no names; what is due before, during and after follows at once.",
                "wk-20",
                "/meetings/new",
            ),
            Stop(
                "rooms",
                "The day of the rooms",
                "Bookings with the work they ask for: prepared, released, restored. A short gap is a quick turn (快速翻台).",
                "wk-20",
                "/meetings",
                desk=True,
            ),
            Stop(
                "explain",
                "Explaining by voice",
                "Press, say in your own words how it is done, press again: the crew hears it on the work page.",
                "wk-42",
                "/standards/JGSW05003.01-2026/audio",
            ),
            Stop("people-crew", "The crew's people", "Setting and resetting PINs.", "wk-42", "/people"),
            Stop(
                "badges",
                "Badges and team phones",
                "Who has a badge, printing and taking back; and making this phone the team's.",
                "wk-42",
                "/badges",
            ),
            Stop(
                "handed",
                "Records from a phone",
                "What a phone could not send comes as a file, and stays its author's.",
                "wk-42",
                "/checks/handed",
            ),
        ),
    ),
    (
        "A supervisor",
        (
            Stop(
                "log",
                "The daily log",
                "The board of points against the hours; colour, shape and word say the state; what deserves a look stands beside.",
                "wk-19",
                "/log",
                desk=True,
            ),
            Stop("log-phone", "The daily log on the phone", "A list, worst first.", "wk-19", "/log"),
            Stop(
                "log-photos",
                "The photo wall",
                "By step, the reference beside; 合格, 退回补拍, 开整改.",
                "wk-19",
                "/log?view=photos",
                desk=True,
            ),
            Stop(
                "record", "One record", "Answers, photos, clocks, history and receipt.", "wk-19", "{record}", desk=True
            ),
            Stop("points", "Points", "Where they are and which label they carry.", "wk-19", "/points", desk=True),
            Stop(
                "rota",
                "A rota that cannot be done",
                "The worst interval is named and a proposal made; publishing waits until people can do it.",
                "wk-19",
                "/rounds/rota/ctr-clean",
                desk=True,
            ),
            Stop("people-days", "People and leave", "Who is there on each day.", "wk-19", "/rounds/people", desk=True),
            Stop("workload", "Workload", "Minutes a week and their spread.", "wk-19", "/rounds/workload", desk=True),
            Stop(
                "workbooks",
                "Workbooks",
                "Points, rounds and leave as Excel files: looked at first, taken over whole.",
                "std-01",
                "/exchange",
                desk=True,
            ),
            Stop(
                "point",
                "One point",
                "Its standards, its labels with their history; replace and withdraw with a reason.",
                "wk-19",
                "/points/pt-001",
                desk=True,
            ),
            Stop(
                "labels",
                "Printing labels",
                "Paper, points, used cells, a look at the first sheet, the PDF.",
                "wk-19",
                "/labels?stock=door&scope=all",
                desk=True,
            ),
        ),
    ),
    (
        "The leader's two minutes",
        (
            Stop(
                "month",
                "The month",
                "What became of everything that was due, each rate beside its count, worst first, each figure opening its records.",
                "ldr-01",
                "/stats",
                desk=True,
            ),
            Stop("month-phone", "The month on the phone", "The same, in one column.", "ldr-01", "/stats"),
            Stop(
                "records",
                "The records behind a figure",
                "From 漏做 to the windows that were missed.",
                "ldr-01",
                "/stats/records?outcome=missed",
                desk=True,
            ),
        ),
    ),
    (
        "The closed loop",
        (
            Stop(
                "findings",
                "Rectification",
                "Findings by state, what is due first; from registration to the recheck by somebody else.",
                "wk-19",
                "/nonconformities",
                desk=True,
            ),
            Stop(
                "finding",
                "One finding",
                "What was found, before and after, cause and measures, who did what when, and the next deed.",
                "wk-19",
                "{finding}",
                desk=True,
            ),
            Stop(
                "findings-own",
                "A worker's own findings",
                "What became of what I reported, and what waits for my hands.",
                "wk-43",
                "/nonconformities",
            ),
            Stop("repairs", "Repair orders", "Accepted, on the spot, repaired with a photo.", "wk-64", "/repairs"),
            Stop(
                "repair-times",
                "Response times",
                "Median and 90th percentile by trade and half-year, each figure opening its orders.",
                "wk-26",
                "/repairs/times",
                desk=True,
            ),
            Stop(
                "vehicles",
                "Official vehicles",
                "Which are ready, out, warned and kept in, and why; 5,000 km since the service keep one in.",
                "wk-21",
                "/vehicles",
                desk=True,
            ),
            Stop(
                "vehicle",
                "A vehicle's own page",
                "Out and back, fuel, and the whole time line, with an emergency that was written up.",
                "wk-08",
                "/vehicles/pt-061",
            ),
            Stop(
                "voices",
                "Calls, ratings, complaints",
                "Who was called and how long ago, what visitors say, what waits for an answer.",
                "wk-19",
                "/feedback",
                desk=True,
            ),
            Stop(
                "service-desk",
                "The service desk",
                "A call by telephone is entered while it is being told.",
                "wk-69",
                "/feedback/desk",
                desk=True,
            ),
            Stop(
                "messages",
                "Messages",
                "What ends soon, what was missed, what waits; told once, in the reader's language.",
                "wk-42",
                "/messages",
            ),
            Stop(
                "duty-room",
                "The duty room",
                "On the wall: what nobody has taken yet, with a sound until somebody does.",
                "wk-19",
                "/messages/duty",
                desk=True,
                dark=True,
            ),
        ),
    ),
    (
        "Spot checks and inspections",
        (
            Stop(
                "spotchecks",
                "Spot checks",
                "Lists promised before the period ends, drawn after it, and what came of them.",
                "wk-19",
                "/spotchecks",
                desk=True,
            ),
            Stop(
                "desk-review",
                "Looking at a record",
                "Why it was drawn, the photo beside the reference and earlier ones, a verdict for each step; by keyboard.",
                "wk-19",
                "{review}",
                desk=True,
            ),
            Stop("desk-review-phone", "The same on the phone", "By swipe.", "wk-19", "{review}"),
            Stop(
                "draw-audit",
                "A draw anybody can check",
                "The hash promised before, the seed published after, every weight and key.",
                "wk-23",
                "{audit}",
                desk=True,
            ),
            Stop(
                "acceptance",
                "Acceptance of a month",
                "Lots judged after the manner of GB/T 2828.1: any step and key points apart, and how the next lot is taken.",
                "wk-23",
                "/spotchecks/acceptance?lot=1449",
                desk=True,
            ),
            Stop(
                "self-check",
                "The crew's own check",
                "Drawn daily; an honest answer costs nothing.",
                "wk-42",
                "/spotchecks/self",
            ),
            Stop(
                "inspections",
                "Inspections of units",
                "Planned, under way, due by the rhythm of the rules.",
                "wk-23",
                "/inspections",
                desk=True,
            ),
            Stop("inspection", "An inspection", "Item by item, on the phone.", "wk-23", "{inspection}"),
            Stop(
                "reports",
                "The official forms",
                "Views over the same records, as PDF or Word, one or many.",
                "wk-23",
                "/reports",
                desk=True,
            ),
        ),
    ),
    (
        "Standards and people",
        (
            Stop(
                "learning",
                "Learning",
                "What there is to read and to be examined in, what has been passed, and the own certificates.",
                "wk-43",
                "/training",
            ),
            Stop(
                "lesson",
                "A standard to learn",
                "Step by step with pictures, read aloud; then one button to confirm, and the exam.",
                "wk-04",
                "/training/read/JGSW05003.04-2026",
            ),
            Stop(
                "training",
                "Readiness and funnel",
                "学标、知标、践标、达标 by standard and unit; who on the rounds is not qualified yet.",
                "std-01",
                "/training/overview",
                desk=True,
            ),
            Stop(
                "crew-training",
                "The crew leader's people",
                "Who lacks what, signed off in one tap, newcomers with somebody beside them, certificates.",
                "wk-42",
                "/training/crew",
            ),
            Stop(
                "contractor",
                "A contractor's own view",
                "Who has not turned up, open items with clocks, service levels, flags to dispute before the month closes.",
                "mgr-01",
                "/contractors/ctr-clean",
            ),
            Stop(
                "standards",
                "The register",
                "Number, title, state, department, review date.",
                "std-01",
                "/standards",
                desk=True,
            ),
            Stop(
                "edition",
                "An edition",
                "Steps with limits and safety, windows, acceptance, references.",
                "std-01",
                "/standards/JGSW05003.01-2026",
                desk=True,
            ),
            Stop(
                "compare",
                "What changes",
                "Two editions step by step and limit by limit, as Excel too.",
                "std-01",
                "/standards/compare?old=JGSW05004.01-2023&new=JGSW05004.01-2026",
                desk=True,
            ),
            Stop(
                "people",
                "People",
                "Accounts, roles, units, crews; disabling ends all sessions at once.",
                "adm-01",
                "/people",
                desk=True,
            ),
        ),
    ),
)
