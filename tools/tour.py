"""Makes docs/tour.md and its pictures from the running product: `python -m tools.tour URL`.

Start the product first (`make run`); every stop signs in as a demo account and takes one picture.
"""

import json
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).resolve().parent.parent / "docs"
PICTURES = DOCS / "pictures"
CHINA = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1360, "height": 860}, "device_scale_factor": 1}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


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
                "{task}",
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
        "Standards and people",
        (
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


def photographed(browser: Browser, base: str, stop: Stop, cookies: dict[str, list[dict[str, object]]]) -> bytes:
    """The picture of one stop as JPEG."""
    options = {**(DESK if stop.desk else PHONE), **CHINA, "color_scheme": "dark" if stop.dark else "light"}
    if stop.english:
        options["locale"] = "en-GB"
    context = browser.new_context(base_url=base, **options)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        if stop.who:
            if stop.who not in cookies:
                sign_in(page, stop.who)
                cookies[stop.who] = context.cookies()  # type: ignore[assignment]
            context.add_cookies(cookies[stop.who])  # type: ignore[arg-type]
        page.goto(stop.path.format(**places(page, base, stop)))
        for selector in stop.clicks:
            page.locator(selector).first.click()
            page.wait_for_timeout(300)
        page.wait_for_load_state("networkidle")
        return page.screenshot(type="jpeg", quality=78, animations="disabled")
    finally:
        context.close()


def sign_in(page: Page, who: str) -> None:
    """Through the real page."""
    page.goto("/login")
    page.fill("[name=account]", who)
    page.fill("[name=password]", "dabiao-demo")
    page.click("form:has([name=password]) button")
    page.wait_for_url(lambda url: "/login" not in url)


def places(page: Page, base: str, stop: Stop) -> dict[str, str]:
    """Addresses that differ from load to load: the first task of the person's round, the newest record."""
    found: dict[str, str] = {}
    if "{task}" in stop.path:
        page.goto(f"{base}/")
        link = page.locator("a[href*='/p/' i]").first.get_attribute("href")
        found["task"] = link or "/"
    if "{record}" in stop.path:
        page.goto(f"{base}/log?view=list")
        found["record"] = page.locator("a[href^='/checks/']").first.get_attribute("href") or "/log"
    return found


def written(stops: tuple[tuple[str, tuple[Stop, ...]], ...]) -> str:
    """The text of docs/tour.md."""
    lines = ["# A tour in pictures", "", TOP, ""]
    for chapter, of_chapter in stops:
        lines += [f"## {chapter}", ""]
        for stop in of_chapter:
            who = f"*as `{stop.who}`*" if stop.who else "*no sign-in*"
            lines += [f"### {stop.title}", "", f"{stop.text} ({who}, `{stop.path}`)", ""]
            width = "" if stop.desk else ' width="300"'
            lines += [f'<img src="pictures/{stop.name}.jpg" alt="{stop.title}"{width}>', ""]
    return "\n".join(lines)


TOP = (
    "Every picture is of the demo compound as `make run` loads it; sign in with the account that stands beside it "
    "(password `dabiao-demo`, PIN 2468) and you see the same. `python -m tools.tour http://127.0.0.1:8000` takes them anew."
)


def main() -> None:
    """Take all pictures and write the page."""
    base = sys.argv[1].rstrip("/")
    only = set(sys.argv[2:])
    PICTURES.mkdir(parents=True, exist_ok=True)
    with urllib.request.urlopen(f"{base}/healthz", timeout=5) as answer:  # noqa: S310
        assert json.load(answer)["ok"]
    cookies: dict[str, list[dict[str, object]]] = {}
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        for _chapter, stops in STOPS:
            for stop in stops:
                if not only or stop.name in only:
                    (PICTURES / f"{stop.name}.jpg").write_bytes(photographed(browser, base, stop, cookies))
                    print(stop.name, flush=True)
        browser.close()
    (DOCS / "tour.md").write_text(written(STOPS), "utf-8")


if __name__ == "__main__":
    main()
