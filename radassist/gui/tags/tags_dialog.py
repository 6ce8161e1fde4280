"""The tag browser: every tag of one file as a tree, with search, copying, and the whole value below."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from radassist.domain.tags import TagList, TagRow
from radassist.gui.errors import sentence_for
from radassist.gui.widgets.labels import text_label
from radassist.gui.widgets.plain_text import one_line

_COLUMNS = ("Tag", "VR", "Name", "Value")
_WIDTHS = (120, 44, 240)
_VALUE = 3
_CUT = "More tags follow; the list is cut here."


class TagsDialog(QDialog):
    """Shows the tags of one file, empty until they are read. Every text is plain: a tag's markup is its characters.

    Attributes:
        search: Words to look for in tag, name and value.
        tree: The tags, items of sequences below them.
        state: How many there are, or why there are none.
    """

    def __init__(self, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"Tags of {one_line(file_name)}".replace("[*]", ""))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit(placeholderText="Search tag, name or value", clearButtonEnabled=True)
        self.search.setAccessibleName("Search the tags")
        self.tree = self._make_tree()
        self.state = text_label("Reading the tags …", role="muted")
        self._value = QPlainTextEdit(readOnly=True, placeholderText="Choose a row to read all of its value here.")
        self._value.setAccessibleName("Value of the chosen tag")
        self._rows: list[tuple[QTreeWidgetItem, TagRow]] = []
        self._is_cut = False
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.tree.currentItemChanged.connect(self._show_value)
        self.resize(820, 640)

    def show_tags(self, tags: TagList) -> None:
        """Fill the tree."""
        above: list[QTreeWidgetItem] = []
        tops: list[QTreeWidgetItem] = []
        for row in tags.rows:
            item = QTreeWidgetItem([row.tag, row.vr, row.name, row.value])
            del above[row.depth :]
            if above:
                above[-1].addChild(item)
            else:
                tops.append(item)
            above.append(item)
            self._rows.append((item, row))
        self.tree.addTopLevelItems(tops)
        self.tree.setRootIsDecorated(any(row.depth for row in tags.rows))
        self._is_cut = tags.is_cut
        self._filter()

    def show_failure(self, error: BaseException) -> None:
        """Say why there are no tags."""
        self.state.setText(sentence_for(error))

    def copy_value(self) -> None:
        """Put the value of the chosen tag on the clipboard."""
        row = self._chosen()
        if row:
            QGuiApplication.clipboard().setText(row.value)

    def copy_row(self) -> None:
        """Put tag, VR, name and value on the clipboard, separated by tabs."""
        row = self._chosen()
        if row:
            QGuiApplication.clipboard().setText("\t".join((row.tag, row.vr, row.name, row.value)))

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName("Tags")
        tree.setColumnCount(len(_COLUMNS))
        tree.setHeaderLabels(_COLUMNS)
        tree.setUniformRowHeights(True)
        tree.setAlternatingRowColors(True)
        for column, width in enumerate(_WIDTHS):
            tree.setColumnWidth(column, width)
        tree.header().setSectionResizeMode(_VALUE, QHeaderView.ResizeMode.Stretch)
        tree.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        tree.customContextMenuRequested.connect(self._open_menu)
        for text, keys, act in (
            ("Copy &value", "Ctrl+C", self.copy_value),
            ("Copy &row", "Ctrl+Shift+C", self.copy_row),
        ):
            action = QAction(text, tree, shortcut=QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.triggered.connect(lambda _checked=False, act=act: act())
            tree.addAction(action)
        return tree

    def _lay_out(self) -> None:
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.tree)
        parts.addWidget(self._value)
        parts.setSizes([480, 70])
        parts.setCollapsible(0, False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 12)
        layout.setSpacing(8)
        for widget in (self.search, parts, self.state, buttons):
            layout.addWidget(widget)
        layout.setStretchFactor(parts, 1)

    def _filter(self) -> None:
        """Show what has all words, and the sequences it lies in."""
        words = self.search.text().lower().split()
        for item, row in self._rows:
            text = f"{row.tag} {row.name} {row.value}".lower()
            item.setHidden(not all(word in text for word in words))
        for item, _ in self._rows if words else ():
            if not item.isHidden():
                _reveal(item)
        if self._rows:
            self.state.setText(self._count())

    def _count(self) -> str:
        shown, listed = sum(not item.isHidden() for item, _ in self._rows), len(self._rows)
        counted = f"{listed:,} row" if listed == 1 else f"{listed:,} rows"
        told = counted if shown == listed else f"{shown:,} of {counted}"
        return f"{told}. {_CUT}" if self._is_cut else told

    def _show_value(self, item: QTreeWidgetItem | None) -> None:
        self._value.setPlainText(item.text(_VALUE) if item else "")

    def _chosen(self) -> TagRow | None:
        item = self.tree.currentItem()
        if item is None:
            return None
        return TagRow(0, item.text(0), item.text(1), item.text(2), item.text(_VALUE))

    def _open_menu(self, place: QPoint) -> None:
        menu = QMenu(self.tree)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.tree.actions())
        menu.popup(self.tree.viewport().mapToGlobal(place))


def _reveal(item: QTreeWidgetItem) -> None:
    above = item.parent()
    while above is not None:
        above.setHidden(False)
        above.setExpanded(True)
        above = above.parent()
