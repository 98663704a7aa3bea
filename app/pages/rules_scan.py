"""What the script of the scanner says, in the language of the person; states of the camera have their name as key."""

from app.web.words import lazy

WORDS = {
    "idle": lazy("Open the camera, then point it at the label."),
    "starting": lazy("The camera is opening …"),
    "live": lazy("Point at the code on the label."),
    "denied": lazy(
        "The camera is not allowed here. Allow it in the browser's settings and try again, or use a way below."
    ),
    "absent": lazy("This device has no camera. Take a photo of the code with another one, or type the code."),
    "busy": lazy("The camera does not answer; another app may be using it. Close that app and try again."),
    "insecure": lazy("This address is not encrypted (http), so the camera stays closed. Photograph or type the code."),
    "old": lazy("This browser opens no camera here. Photograph or type the code."),
    "unread": lazy("The code reader could not be loaded. Type the code, or try again with a network."),
    "reading": lazy("Looking for the code …"),
    "nocode": lazy("No code found in the photo. Go closer, without shadow, and try again."),
    "nonsense": lazy("That is no label of ours. Scan the label at the point."),
    "wrong": lazy("This code does not exist. Compare it with the label, sign by sign."),
    "found": lazy("Found, opening …"),
    "refused": lazy("Not opened."),
    "sending": lazy("Sending …"),
    "report_sent": lazy("Reported, thank you. The supervisors see it now."),
    "report_kept": lazy("No network. Kept on this phone; sent by itself as soon as there is one."),
    "report_lost": lazy("Could not be sent. Please try again when there is a network."),
    "unknown": lazy("Point not in your pocket"),
    "already": lazy("You have done this already."),
    "nothing_due": lazy("Nothing is known to be due here now. Open the page to look."),
    "not_kept": lazy("This phone has no room for it. Open the page and send it there."),
    "kept": lazy("{name}: kept. Scan the next one."),
    "count": lazy("{n} done today"),
    "kept_state": lazy("kept on this phone"),
    "arrived_state": lazy("arrived"),
    "aside_state": lazy("needs you: see the outbox"),
}


def words() -> dict[str, str]:
    """The sentences; braces are filled in by the script."""
    return {key: str(sentence) for key, sentence in WORDS.items()}
