"""Sheets as Word files, and templates from outside: what cannot be used is refused with a sentence."""

import io
import zipfile

import pytest
from docx import Document

from app.refusals import Invalid, Refusal, TooLarge
from app.reports.rules_forms import LAYOUTS, Form, Sheet
from app.reports.rules_templates import MOST_BYTES, check_package
from app.reports.sheets import WIDE_MM
from app.reports.sheets_word import check_template, sample, sheet_word
from app.reports.sheets_word_own import own_template

PRINTED = "2026-11-23 08:40"


def words_of(body: bytes) -> str:
    """All text of a Word file: paragraphs, tables, foot."""
    document = Document(io.BytesIO(body))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    foot = [paragraph.text for paragraph in document.sections[0].footer.paragraphs]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells, *foot])


def template(*paragraphs: str) -> bytes:
    document, out = Document(), io.BytesIO()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(out)
    return out.getvalue()


def changed(body: bytes, *, add: dict[str, bytes] | None = None, replace: dict[str, tuple[bytes, bytes]] | None = None):
    """The package with parts added, and texts replaced within parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            before, after = (replace or {}).get(part.filename, (b"", b""))
            new.writestr(part.filename, content.replace(before, after) if before else content)
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize("form", list(Form))
def test_given_a_form_when_written_with_its_own_template_then_every_field_and_line_is_read_back(form):
    check_template(form, own_template(form))

    text = words_of(sheet_word(sample(form), None, PRINTED))

    assert LAYOUTS[form].title in text and PRINTED in text
    for kind in LAYOUTS[form].fields:
        assert text.count(kind.label) >= 2, kind
    for _key, title, _width in LAYOUTS[form].columns:
        assert text.count(title) >= 2


def test_given_texts_that_look_like_markup_or_tags_when_written_then_they_stay_texts():
    hostile = "<w:p>&amp;</w:p> {{ title }} {% for x in lines %} 第二行\n第三行"

    text = words_of(sheet_word(Sheet(Form.NC, "BF-1", {"fact": hostile}), None, PRINTED))

    assert hostile in text


def test_given_a_template_of_the_organisation_when_it_is_fit_then_it_is_filled_in():
    own = template(
        "红头文件 {{ title }}",
        "{% if fact %}事实：{{ fact }}{% endif %}",
        "{% for each in fields %}{{ each.label }};{% endfor %}",
    )
    check_template(Form.NC, own)

    text = words_of(sheet_word(Sheet(Form.NC, "BF-1", {"fact": "地面有水"}), own, PRINTED))

    assert "红头文件 标准实施不符合项报告表" in text
    assert "事实：地面有水" in text and "纠正措施;" in text


@pytest.mark.parametrize(
    "tag",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ fact.__class__ }}",
        "{{ fact.format_map }}{{ fact() }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ lipsum(n=9999999) }}",
        "{% for x in range(999999999) %}x{% endfor %}",
        "{{ 'x' * 999999999 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ fact ~ fact }}",
        "{% for a in fields %}{% for b in fields %}{% for c in fields %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% set x = fact %}{{ x }}",
        "{% include '/etc/passwd' %}",
        "{% import 'x' as y %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{{ fields|map(attribute='__class__')|list }}",
        "{{ fact|attr('__class__') }}",
        "{{ fact|center(99999999) }}",
        "{{ fields[fact] }}",
        "{% raw %}{{ x }}",
        "{{ fact",
        "{% for x in %}",
    ],
)
def test_given_a_template_with_a_hostile_or_broken_tag_when_sent_in_then_it_is_refused(tag):
    with pytest.raises(Invalid) as refused:
        check_template(Form.NC, template(tag))

    assert str(refused.value.sentence)


def test_given_a_template_that_names_a_field_of_another_form_when_sent_in_then_the_sentence_names_it():
    with pytest.raises(Invalid) as refused:
        check_template(Form.NC, template("{{ fact }} {{ spaceship }}"))

    assert "spaceship" in str(refused.value.sentence)


@pytest.mark.parametrize("place", ["header", "footer", "title"])
def test_given_a_hostile_tag_outside_the_body_when_sent_in_then_it_is_refused_too(place):
    document, out = Document(), io.BytesIO()
    if place == "title":
        document.core_properties.title = "{{ x.__class__ }}"
    else:
        getattr(document.sections[0], place).paragraphs[0].text = "{{ title.__class__ }}"
    document.save(out)

    with pytest.raises(Invalid):
        check_template(Form.NC, out.getvalue())


RELS, BODY, TYPES = "word/_rels/document.xml.rels", "word/document.xml", "[Content_Types].xml"
TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
OUTSIDE = (
    f'<Relationship Id="rId99" Type="{TEMPLATE}" Target="http://10.0.0.1/x.dotm" TargetMode="&#69;xternal"/>'
    "</Relationships>"
).encode()
FETCHING = b"<w:body><w:instrText>INCLUDEPICTURE</w:instrText>"
DECLARED = b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"PK\x03\x04 not a zip",
        b"%PDF-1.7",
        changed(template("x"), add={"word/vbaProject.bin": b"x"}),
        changed(template("x"), add={"word/embeddings/oleObject1.bin": b"x"}),
        changed(template("x"), replace={RELS: (b"</Relationships>", OUTSIDE)}),
        changed(
            template("x"),
            replace={"word/document.xml": (b"<w:body>", b"<w:body><w:instrText>INCLUDEPICTURE</w:instrText>")},
        ),
        changed(
            template("x"), replace={"word/document.xml": (b"<w:document", b"<!DOCTYPE a [<!ENTITY b 'c'>]><w:document")}
        ),
        changed(template("x"), replace={BODY: (b"</w:body>", b"")}),
        changed(
            template("x"),
            replace={"[Content_Types].xml": (b"wordprocessingml.document.main", b"spreadsheetml.sheet.main")},
        ),
    ],
)
def test_given_a_file_that_is_no_plain_word_document_when_sent_in_then_it_is_refused(body):
    with pytest.raises(Refusal) as refused:
        check_template(Form.NC, body)

    assert 400 <= refused.value.status < 500
    assert str(refused.value.sentence)


def test_given_a_bomb_when_sent_in_then_it_is_refused_before_it_is_unpacked():
    bomb = changed(template("x"), add={"word/media/a.xml": b" " * 30_000_000})
    assert len(bomb) < 100_000

    with pytest.raises(TooLarge):
        check_package(bomb)


def test_given_a_file_over_the_limit_or_with_very_many_parts_when_sent_in_then_it_is_refused():
    with pytest.raises(TooLarge):
        check_package(b"x" * (MOST_BYTES + 1))
    with pytest.raises(TooLarge):
        check_package(changed(template("x"), add={f"word/media/{number}.txt": b"" for number in range(300)}))


@pytest.mark.parametrize("form", list(Form))
def test_fm3_given_a_form_when_its_word_file_is_laid_out_then_tables_are_as_wide_as_the_pdf_and_rows_whole(
    form,
):
    document = Document(io.BytesIO(own_template(form)))

    for table in document.tables:
        assert round(sum(column.width.mm for column in table.columns)) == WIDE_MM
    assert [len(table.columns) for table in document.tables].count(4) >= 1
    assert all("cantSplit" in row._tr.xml for table in document.tables[:-1] for row in table.rows)
