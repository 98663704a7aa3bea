"""The bulletin as one A4 page: every line has its height, names are cut to fit, lists say what they leave out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO

from pypdf import PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from app.papers.rules import Bulletin, total
from app.papers.rules_room import shared_room, shown
from app.papers.rules_texts import Head, debt_cells, figure_cells, problem_lines, ranked_cells, total_cells
from app.papers.sheets_pen import Column, Pen
from qr import typeface

FIGURES = (
    Column("指标", 46), Column("本月", 20, right=True), Column("计数", 30, right=True),
    Column("95% 区间（少于 30 例）", 38, right=True), Column("上月", 22, right=True), Column("变化", 22, right=True),
)  # fmt: skip
RANKING = (
    Column("名次", 10), Column("单位", 62), Column("合同编号", 32), Column("得分", 14, right=True), Column("等级", 14),
    Column("应完成", 16, right=True), Column("准时", 30, right=True),
)  # fmt: skip
DEBTS = (
    Column("编号", 33), Column("事项", 69), Column("责任单位", 40), Column("期限", 20), Column("状态", 16),
)  # fmt: skip
WORDS_LINES = 3
EMPTY_NOTES = 2


def bulletin_pdf(one: Bulletin, head: Head) -> bytes:
    """One page, whatever the month holds."""
    out = BytesIO()
    with typeface.WRITING:
        canvas = Canvas(out, pagesize=A4, invariant=1, pageCompression=1)
        canvas.setTitle(head.title)
        pen = Pen(canvas)
        _head(pen, head)
        pen.heading("一、总体情况")
        pen.table(FIGURES, [figure_cells(each) for each in one.figures])
        pen.note(head.beside)
        pen.heading("二、三个问题")
        for line, reason in problem_lines(one.problems):
            pen.line(line)
            pen.note(reason)
        _lists(pen, one)
        _foot(pen, head)
        canvas.showPage()
        canvas.save()
    return out.getvalue()


def joined(papers: Sequence[bytes]) -> bytes:
    """Many papers as one file."""
    writer, out = PdfWriter(), BytesIO()
    for each in papers:
        writer.append(BytesIO(each))
    writer.write(out)
    return out.getvalue()


def _head(pen: Pen, head: Head) -> None:
    pen.title(head.title)
    pen.centred(head.line)
    pen.rule()
    if head.words:
        pen.wrapped(f"编者按：{head.words}", WORDS_LINES)


def _lists(pen: Pen, one: Bulletin) -> None:
    """Ranking and debts share the room that is left; the best ranked and the longest overdue are printed first."""
    ranked = [ranked_cells(place, each) for place, each in enumerate(one.ranking, 1)]
    owed = [debt_cells(each) for each in one.debts]
    room = pen.lines_left(headings=2, rows=2 + (1 if ranked else 0))
    places, dues = shared_room([max(len(ranked), 1), max(len(owed), 1)], room)
    pen.heading("三、考核排名（应完成少于 30 次不评等级；合计为分子、分母分别相加）")
    last = [total_cells(total(one.ranking))] if ranked else []
    pen.table(RANKING, [*_cut(ranked, places, RANKING, "本月没有可排名的单位"), *last])
    pen.heading("四、谁在何时前完成")
    pen.table(DEBTS, list(_cut(owed, dues, DEBTS, "没有未关闭的不符合项和申诉")))


def _cut(rows: Sequence[Sequence[str]], room: int, columns: Sequence[Column], nothing: str) -> Iterator[Sequence[str]]:
    """As many as there is room for; the last line says how many stand on the page in the web only."""
    if not rows:
        yield ["", nothing, *[""] * (len(columns) - EMPTY_NOTES)]
        return
    printed, left = shown(len(rows), room)
    yield from rows[:printed]
    if left:
        yield ["", f"另 {left} 项见网页", *[""] * (len(columns) - EMPTY_NOTES)]


def _foot(pen: Pen, head: Head) -> None:
    pen.foot(head.signed, head.fingerprint)
