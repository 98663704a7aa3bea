"""Both languages are complete: no sentence without its Chinese, no sentence that bypasses the catalogue."""

import re

from app import refusals
from tests.support.house import ROOT, plant
from tests.support.texts import (
    bare_in_template,
    bare_in_templates,
    bare_refusals,
    catalogue,
    chinese_in_code,
    chinese_in_scripts,
    messages,
)

PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
REFUSALS = {
    name for name, thing in vars(refusals).items() if isinstance(thing, type) and issubclass(thing, refusals.Refusal)
}
# Words that are the same in both languages.
SAME = {"QR", "PDF", "CSV", "Excel", "Word", "PIN", "English", "中文", "PNG", "JPEG", "WebP", "A4", "mm", "7K3QX-9M2TA"}
# The words of the contract that travel in the protocol and stand in the database.
PROTOCOL = frozenset(
    {"有人使用", "停水停电", "会议占用", "门锁", "天气", "呼叫", "坏了", "试行", "年确认", "转化", "快速翻台"}
)
# Content, which is Chinese by nature: the demo compound, how Chinese numbers and dates are written, and the official
# forms, papers of a Chinese office whose words are printed in the seed.
CONTENT = (
    "app/demo/",
    "app/reports/",
    "app/web/languages.py",
    # The words of the State Secrets Law, and what stands in a record (content) in their place.
    "app/web/classified.py",
    "app/privacy/rules_held.py",
    "app/web/filters.py",
    "app/meetings/forms_excel.py",
    "app/vehicles/rules_content.py",
    "app/surveys/rules_content.py",
    # Words of official papers, Chinese in every language of the interface.
    "app/papers/rules_texts.py",
    "app/papers/sheets.py",
    "app/halfyear/rules_content.py",
    "app/surveys/rules_sheet.py",
    "app/exchange/rules_content.py",
    "app/exchange/rules_sheets.py",
)


def untranslated(root, locale):
    kept = catalogue(root, locale)
    return sorted(str(wanted) for wanted in messages(root) if not _complete(kept, wanted))


def _complete(kept, wanted):
    key = wanted[0] if isinstance(wanted, tuple) else wanted
    found = kept.get(key)
    if found is None or found.fuzzy:
        return False
    texts = found.string if isinstance(found.string, tuple) else (found.string,)
    return all(texts)


def crooked_placeholders(root, locale):
    """A placeholder that is not in the original breaks the page; one that was dropped loses the figure."""
    found = []
    for message in catalogue(root, locale):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}
        given = {name for text in texts for name in PLACEHOLDER.findall(text or "")}
        # A singular or plural may leave the number out; a Chinese sentence has one form only.
        if given - wanted or (any(texts) and wanted - given - {"n", "num"}):
            found.append(str(message.id))
    return found


def test_given_all_sentences_when_looked_up_in_chinese_then_each_is_there():
    found = untranslated(ROOT, "zh_Hans_CN")

    assert not found, "\n".join(found)


def test_given_all_sentences_when_looked_up_in_english_then_each_is_there():
    found = untranslated(ROOT, "en")

    assert not found, "\n".join(found)


def test_given_the_chinese_catalogue_when_read_then_every_text_is_chinese():
    found = [
        message.id
        for message in catalogue(ROOT, "zh_Hans_CN")
        if message.id
        and message.string == message.id
        and str(message.id).strip("% ") not in SAME
        and re.search(r"[a-z]{3}", str(message.id))
    ]

    assert not found, "\n".join(map(str, found))


def test_given_both_catalogues_when_placeholders_are_compared_then_they_agree():
    found = crooked_placeholders(ROOT, "zh_Hans_CN") + crooked_placeholders(ROOT, "en")

    assert not found, "\n".join(found)


def test_given_the_templates_when_read_then_no_word_bypasses_the_catalogue():
    found = bare_in_templates(ROOT, SAME)

    assert not found, "\n".join(found)


def test_given_refusals_and_flashes_when_read_then_no_sentence_bypasses_the_catalogue():
    found = bare_refusals(ROOT, REFUSALS)

    assert not found, "\n".join(found)


def test_given_python_and_scripts_when_read_then_no_chinese_stands_outside_content():
    found = chinese_in_code(ROOT, CONTENT, PROTOCOL) + chinese_in_scripts(ROOT)

    assert not found, "\n".join(found)


def test_given_planted_sentences_when_read_then_each_is_named(tmp_path):
    plant(tmp_path, "app/checks/actions.py", 'raise Invalid("Take a photo")\nflash(f"{n} sent")\nword = "提交"\n')
    plant(tmp_path, "app/static/js/work.js", "button.textContent = '提交';\n// 注释\n")
    plant(tmp_path, "app/templates/x.html", '{% extends "base.html" %}<p title="Now">{{ _("Go") }}</p>')
    plant(
        tmp_path,
        "app/translations/zh_Hans_CN/LC_MESSAGES/messages.po",
        'msgid ""\nmsgstr ""\n\nmsgid "Go %(n)s"\nmsgstr "去 %(m)s"\n',
    )

    assert len(bare_refusals(tmp_path, REFUSALS)) == 2
    assert len(chinese_in_code(tmp_path, ())) == 1
    assert len(chinese_in_scripts(tmp_path)) == 1
    assert bare_in_templates(tmp_path, set()) == ["app/templates/x.html: 'Now'"]
    assert untranslated(tmp_path, "zh_Hans_CN") == ["Go"]
    assert crooked_placeholders(tmp_path, "zh_Hans_CN") == ["Go %(n)s"]


def test_given_bare_words_in_markup_when_read_then_they_are_found():
    assert bare_in_template("<p>提交</p><img alt='Lift'><code>abc</code>{{ name }}") == ["提交", "Lift"]
