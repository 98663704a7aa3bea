"""Words of the account pages: what was done to an account, and a device by what it says of itself."""

from app.web.words import lazy

EVENT_WORDS = {
    "added": lazy("Added"),
    "changed": lazy("Changed"),
    "disabled": lazy("Disabled"),
    "enabled": lazy("Enabled"),
    "password_set": lazy("Password set"),
    "pin_set": lazy("PIN set"),
    "session_ended": lazy("A session ended"),
    "sessions_ended": lazy("Other sessions ended"),
    "grant_given": lazy("Grant given"),
    "grant_ended": lazy("Grant ended"),
    "badge_issued": lazy("Badge printed"),
    "badge_activated": lazy("Badge activated"),
    "badge_revoked": lazy("Badge no longer counts"),
    "badge_guessed": lazy("Badge guessed at on strange phones"),
    "team_phone_set": lazy("Set a team phone"),
    "second_set": lazy("Second factor set up"),
    "second_ended": lazy("Second factor removed"),
    "second_reset": lazy("Second factor reset"),
    "second_codes": lazy("New recovery codes made"),
    "second_recovery": lazy("Signed in with a recovery code"),
    "second_failed": lazy("A wrong second factor was typed"),
    "entrance_linked": lazy("Linked to a sign-in house"),
    "entrance_unlinked": lazy("Link to a sign-in house removed"),
    "entrance_made": lazy("Account made at the first sign-in through a house"),
    "team_phone_ended": lazy("Ended a team phone"),
}
# The first that is found names it: a browser inside an app says the browser's name too.
_PROGRAMS = (
    ("MicroMessenger", "WeChat"),
    ("HuaweiBrowser", "Huawei Browser"),
    ("EdgA", "Edge"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device_name(user_agent: str) -> str:
    """Android · WeChat; what names neither a system nor a program is shown by its first 40 characters."""
    found = [next((word for mark, word in table if mark in user_agent), None) for table in (_SYSTEMS, _PROGRAMS)]
    return " · ".join(word for word in found if word) or user_agent[:40] or "?"
