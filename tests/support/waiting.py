"""Waiting for what a page says of itself, within our content security policy."""


def until(page, question, seconds=20, told=""):
    """Asks until the page says yes; `told` is a second question whose answer a failure shows.

    Playwright's own wait asks again from inside the page, which the policy of our pages forbids as `eval`,
    and takes a promise for a yes.
    """
    for _ in range(seconds * 5):
        if page.evaluate(question):
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"not in {seconds} s: {question} {page.evaluate(told) if told else ''}")
