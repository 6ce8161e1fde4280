"""Widgets that take turns in one place."""

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget


def show_only(shown: Iterable[QWidget], of: Iterable[QWidget]) -> None:
    """Of the widgets in `of`, show those in `shown`.

    Those that go are hidden first: Qt makes room in the whole window for each widget that is shown, and a panel that
    grew for a moment keeps its width for ever.
    """
    wanted = set(shown)
    widgets = sorted(of, key=lambda widget: widget in wanted)
    for widget in widgets:
        widget.setVisible(widget in wanted)
