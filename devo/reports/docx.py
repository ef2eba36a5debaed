"""A report as a document: numbered paragraphs, tables, and citations in footnotes, as a submission is.

python-docx (the extra `docx`) writes no footnotes, so their part of the document is written here.
Drawings are left out: their tables say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time
from html import escape
from io import BytesIO
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from devo.reports.values import Report, Source, Table
from devo.writing import write_whole

if TYPE_CHECKING:
    from docx.document import Document

# More would be read in the workbook, if at all.
MOST_ROWS = 120
# What a document says of itself, beside what stands in it, has room for so many letters.
_LONGEST_PROPERTY = 255
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
_SMALL = '<w:rPr><w:sz w:val="18"/></w:rPr>'
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
# Millimetres of a page between its margins, beside the text of a cell, and of a letter for each point of its type.
_PAGE, _PADDING, _LETTER = 170.0, 4.2, 0.21
# The type of tables, which is smaller where there are many columns.
_LARGE, _LITTLE, _MANY = 8.0, 7.0, 6
# The first numbers are those of the line above footnotes.
_FIRST = 2


def write(report: Report, path: Path) -> None:
    """Write the document in one step."""
    write_whole(path, document(report))


def document(report: Report) -> bytes:
    """The document's bytes: the same report, the same bytes."""
    import docx

    paper = _Paper(docx.Document(), report)
    paper.write()
    stream = BytesIO()
    paper.made.save(stream)
    return _undated(stream)


class _Paper:
    """One document while it is written."""

    def __init__(self, made: Document, report: Report):
        self.made = made
        self.report = report
        self.by_number = {source.number: source for source in report.sources}
        self.notes: list[str] = []

    def write(self) -> None:
        self._properties()
        self.made.add_heading(_clean(self.report.title), 0)
        self.made.add_paragraph(f"{_clean(self.report.about)}.")
        for sentence in self.report.sentences:
            self._numbered(sentence)
        for section in self.report.sections:
            self.made.add_heading(_clean(section.title), 1)
            for sentence in section.sentences:
                self._numbered(sentence)
            for table in section.every_table:
                if table.rows:
                    self._table(table)
        self._footnotes()

    def _properties(self) -> None:
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Mm, Pt

        day = datetime.combine(self.report.day, time.min)
        said = self.made.core_properties
        said.title, said.subject, said.language = (
            _clean(self.report.title)[:_LONGEST_PROPERTY],
            _clean(self.report.about)[:_LONGEST_PROPERTY],
            "en-GB",
        )
        said.author, said.comments, said.created, said.modified = "devo", "", day, day
        page = self.made.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(20)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "en-GB")
        plain = self.made.styles["Normal"]
        plain.font.name, plain.font.size = "Arial", Pt(11)
        plain.element.get_or_add_rPr().append(language)

    def _numbered(self, sentence: str) -> None:
        """A numbered paragraph, with a footnote for each source that it names."""
        paragraph = self.made.add_paragraph(_clean(sentence), style="List Number")
        self._cite(paragraph, (s for s in self.report.sources if len(s.title) > 3 and s.title in sentence))

    def _table(self, table: Table) -> None:
        from docx.oxml import OxmlElement
        from docx.shared import Mm, Pt

        caption = self.made.add_paragraph(style="Caption")
        caption.add_run(_clean(table.caption))
        cited = sorted({self.report.numbers[s] for s in table.sources if s in self.report.numbers})
        self._cite(caption, (self.by_number[number] for number in cited))
        drawn = self.made.add_table(rows=1, cols=len(table.headings), style="Table Grid")
        head = OxmlElement("w:tblHeader")
        drawn.rows[0]._tr.get_or_add_trPr().append(head)
        rows = [
            [heading.full for heading in table.headings],
            *replace(table, rows=table.rows[:MOST_ROWS]).said(),
        ]
        drawn.autofit = False
        wide, points = widths(rows)
        for number, texts in enumerate(rows):
            row = drawn.rows[0] if number == 0 else drawn.add_row()
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
            for cell, text, width in zip(row.cells, texts, wide, strict=True):
                cell.width = Mm(width)
                run = cell.paragraphs[0].add_run(_clean(text))
                run.font.size = Pt(points)
                run.bold = number == 0 or None
        for column, width in zip(drawn.columns, wide, strict=True):
            column.width = Mm(width)
        for note in table.notes:
            self.made.add_paragraph(_clean(note))
        left = len(table.rows) - MOST_ROWS
        if left > 0:
            self.made.add_paragraph(f"And {left:,} more rows: the .xlsx report has all of them.")

    def _cite(self, paragraph: Any, sources: Iterable[Source]) -> None:
        """One footnote for some sources, at the end of a paragraph."""
        from docx.oxml import parse_xml

        said = "; ".join(_said(source) for source in sources)
        if not said:
            return
        self.notes.append(said)
        number = _FIRST + len(self.notes) - 1
        run = f'<w:r xmlns:w="{_W}">{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>'
        paragraph._p.append(parse_xml(run))

    def _footnotes(self) -> None:
        """The footnotes' own part of the document."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        lines = [
            '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>',
            '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>',
        ]
        for number, said in enumerate(self.notes, _FIRST):
            text = f'<w:r>{_SMALL}<w:t xml:space="preserve"> {escape(said)}</w:t></w:r>'
            lines.append(
                f'<w:footnote w:id="{number}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r>{text}</w:p></w:footnote>'
            )
        xml = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:footnotes xmlns:w="{_W}">{"".join(lines)}</w:footnotes>'
        part = self.made.part
        notes = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, xml.encode("utf-8"), part.package)
        part.relate_to(notes, _RELATION)


def widths(rows: Sequence[Sequence[str]]) -> tuple[list[float], float]:
    """The widths of columns in millimetres, so that no word breaks where there is room, and the size of the type."""
    columns = list(zip(*rows, strict=True))
    points = _LARGE if len(columns) <= _MANY else _LITTLE
    letter = points * _LETTER
    needed = [_PADDING + letter * max(map(len, " ".join(column).split()), default=1) for column in columns]
    if (spare := _PAGE - sum(needed)) < 0:
        return [_PAGE * width / sum(needed) for width in needed], points
    wanted = [sqrt(sum(map(len, column))) for column in columns]
    return [n + spare * w / max(sum(wanted), 1) for n, w in zip(needed, wanted, strict=True)], points


def _said(source: Source) -> str:
    parts = [source.title, source.detail, source.link, f"({source.confidence})" if source.confidence else ""]
    return _clean(", ".join(filter(None, parts[:3])) + (f" {parts[3]}" if parts[3] else ""))


def _clean(text: str) -> str:
    """A text without the signs that a document may not hold."""
    return "".join(c if c.isprintable() else " " for c in text)


def _undated(stream: BytesIO) -> bytes:
    """The same archive with no clock's days in it."""
    made = BytesIO()
    with ZipFile(stream) as before, ZipFile(made, "w", ZIP_DEFLATED) as after:
        for name in before.namelist():
            entry = ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            after.writestr(entry, before.read(name))
    return made.getvalue()
