"""What the scanner's script says."""

import json

from app.pages.rules_scan import WORDS, words


def test_given_the_scanner_when_asked_for_its_words_then_each_has_a_sentence_that_a_script_can_read():
    told = json.loads(json.dumps(words()))

    assert told.keys() == WORDS.keys()
    assert all(told.values())
    assert "{name}" in told["kept"]
    assert "{n}" in told["count"]
