"""Makes docs/tour.md and its pictures from the running product: `python -m tools.tour URL [name …]`.

Start the product first (`make run`); every stop signs in as a demo account and takes one picture, of the named stops only
where names are given. The stops stand in tools/stops, a file a chapter.
"""

import json
import sys
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools.tour_stops import STOPS, Stop

DOCS = Path(__file__).resolve().parent.parent / "docs"
PICTURES = DOCS / "pictures"
# name in an address -> the page to find it on (which may be named in turn), and the link there
FIRST = {
    "task": ("/", "a[href^='/p/' i]"),
    "record": ("/log?view=list", "a[href^='/checks/']"),
    "flagged": ("/flags", "main a.whole[href^='/checks/']"),
    "finding": ("/nonconformities", "a[href^='/nonconformities/']:not([href*='proposals'])"),
    "review": ("/spotchecks", "a[href^='/spotchecks/draws/'][href$='/review']"),
    "audit": ("/spotchecks", "a[href^='/spotchecks/draws/'][href$='/audit']"),
    "inspection": (
        "/inspections",
        "main a[href^='/inspections/']:not([href*='/new'],[href*='templates'],[href*='announ'])",
    ),
    "bulletin_figure": ("/reports/bulletin", "#figures td a"),
    "last_half": ("/reports/halfyear", ".page-head a[rel=prev]"),
    "half_report": ("{last_half}", "main a.whole[href$='/dept-wuye']"),
    "survey": ("/surveys", "main th a[href^='/surveys/']"),
    "survey_link": ("{survey}/links", "a.address"),
    "survey_report": ("/surveys", "main td a[href$='/report']"),
    "lobby": ("/lobby", "main a[href*='/lobby/']"),
}
CHINA = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1360, "height": 860}, "device_scale_factor": 1}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


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
        page.goto(placed(page, stop.path))
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


def placed(page: Page, path: str) -> str:
    """An address with its names filled in: the first task of the person's round, the newest record.

    LookupError where none stands there now: a night has no list to look at.
    """
    for name, (address, link) in FIRST.items():
        if f"{{{name}}}" in path:
            page.goto(placed(page, address))
            page.wait_for_load_state("networkidle")
            if not page.locator(link).count():
                raise LookupError(f"{address} has no {name} now")
            path = path.replace(f"{{{name}}}", page.locator(link).first.get_attribute("href") or address)
    return path


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
