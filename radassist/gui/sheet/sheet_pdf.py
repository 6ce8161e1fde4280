"""Prints a page of HTML as PDF."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageSize, QPdfWriter, QTextDocument

_WIDTH = 780.0
_RATIO = 297.0 / 210.0
_RESOLUTION = 300
_WIDEST = 2.0
_STEP = 1.08


def pdf_of(html: str, title: str) -> bytes:
    """`html` on A4 paper, made smaller until it fits on one page; on several where it is too much for that."""
    document = QTextDocument()
    document.setDocumentMargin(30)
    document.setHtml(html)
    _fit_on_one_page(document)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("radassist")
    writer.setResolution(_RESOLUTION)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    document.print_(writer)
    buffer.close()
    return bytes(data.data())


def _fit_on_one_page(document: QTextDocument) -> None:
    """The document is scaled to the paper: the larger its page, the smaller its letters."""
    scale = 1.0
    document.setPageSize(QSizeF(_WIDTH, _WIDTH * _RATIO))
    while document.pageCount() > 1 and scale < _WIDEST:
        scale *= _STEP
        document.setPageSize(QSizeF(_WIDTH * scale, _WIDTH * scale * _RATIO))
    if document.pageCount() > 1:
        document.setPageSize(QSizeF(_WIDTH, _WIDTH * _RATIO))
