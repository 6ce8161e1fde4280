"""A model's card as a page: figures, limits, origin. All text is plain, whatever the card holds."""

from html import escape

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from radassist.domain.model_sheet import ModelSheet, SheetTable
from radassist.gui.theme import Theme

_NAMES_WIDTH = 130
"""One for all tables of a card, so that their values stand in one column; in logical pixels."""


class ModelPage(QTextBrowser):
    """Shows one `ModelSheet`; its text can be copied, nothing in it is a link."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[ModelSheet, bool] | None = None
        self.setOpenLinks(False)
        self.setAccessibleName("Model card")
        self.setMinimumSize(520, 360)

    def show_sheet(self, sheet: ModelSheet, *, is_in_use: bool) -> None:
        """Lay out `sheet` from its first line."""
        self._shown = sheet, is_in_use
        use = "in use" if is_in_use else "not in use"
        default = ", the default" if sheet.is_default else ""
        head = (
            f"<h2>{escape(sheet.title)}</h2><p style='color:{self._theme.muted}'>{escape(sheet.id)}: {use}{default}</p>"
        )
        tables = "".join(self._table(table) for table in sheet.tables)
        self.setHtml(head + self._limits(sheet.limits) + tables + self._curves(sheet))

    def changeEvent(self, event: QEvent) -> None:  # noqa: D102, N802 - Qt's
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and self._shown is not None:
            sheet, is_in_use = self._shown
            self.show_sheet(sheet, is_in_use=is_in_use)  # the page's colours are written into it

    def _limits(self, limits: tuple[str, ...]) -> str:
        if not limits:
            return ""
        entries = "".join(f"<li>{escape(limit)}</li>" for limit in limits)
        return f"<h3 style='color:{self._theme.warning}'>Limits</h3><ul>{entries}</ul>"

    def _table(self, table: SheetTable) -> str:
        name_style = f"color:{self._theme.muted}; padding-right:18px"
        rows = "".join(
            f"<tr><td width='{_NAMES_WIDTH}' style='{name_style}'>{escape(name)}</td><td>{escape(value)}</td></tr>"
            for name, value in table.rows
        )
        return f"<h3>{escape(table.heading)}</h3><table cellspacing='0' cellpadding='3'>{rows}</table>"

    def _curves(self, sheet: ModelSheet) -> str:
        if sheet.curves is None:
            return ""
        return f"<h3>Its training</h3><img src='{escape(sheet.curves.as_uri(), quote=True)}' width='480'>"
