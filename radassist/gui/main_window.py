"""The window's layout: what stands where. What things do is the presenter's."""

from PySide6.QtCore import QByteArray, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent, QUndoStack
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QTabWidget, QVBoxLayout, QWidget

from radassist.gui.actions.action_table import Actions
from radassist.gui.actions.spec import Menu
from radassist.gui.beside.film_area import FilmArea
from radassist.gui.blocks.blocks_panel import BlocksPanel
from radassist.gui.explain.overlay_switch import OverlaySwitch
from radassist.gui.film.image_view import FilmView
from radassist.gui.findings.findings_panel import RESEARCH_LINE, FindingsPanel
from radassist.gui.queue.queue_panel import QueuePanel
from radassist.gui.reading.reader_panel import ReaderPanel
from radassist.gui.theme import Theme, icon
from radassist.gui.widgets.drops import local_paths
from radassist.gui.widgets.labels import set_role
from radassist.gui.widgets.message_bar import MessageBar
from radassist.gui.widgets.offer_bar import OfferBar
from radassist.gui.widgets.plain_text import one_line
from radassist.gui.widgets.status_bar import StatusBar
from radassist.gui.widgets.tall_area import TallArea
from radassist.gui.worklist.worklist_model import WorklistTableModel
from radassist.gui.worklist.worklist_panel import WorklistPanel

_REVIEW_TITLE = "Findings and blocks"
_WORKLIST_WIDTH, _REVIEW_WIDTH = 330, 340
"""In logical pixels; in the second all that a panel can be asked to show finds room, so that the film keeps its own."""


class MainWindow(QMainWindow):
    """Worklist on the left, film in the middle, findings and blocks on the right, queue below.

    Attributes:
        worklist_model, worklist, film, findings, blocks, queue, message_bar, offer_bar,
            welcome_bar: The parts, for the presenter.
        reader: What the reader says of the film on the screen.
        film_area: Where `film` hangs, and a second one beside it.
        actions_by_id: Every act.
        menus: The menus of the menu bar.
        undo_stack: Steps that can be taken back, of every part of the window, in the order they were taken.
        review_tabs: What can be looked at beside the film; the one in front may lie over it.
        overlays: Which of them lies over the film.
        status: The lines at the bottom.
        theme: Colours of everything in the window.

    Signals:
        paths_dropped(list): Files and folders dropped anywhere on the window.
        painted(): The window stands on the screen for the first time; heavy work may begin.
        closing(): The window is about to close; state can still be read.
    """

    paths_dropped = Signal(list)
    painted = Signal()
    closing = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.undo_stack = QUndoStack(self)  # before the acts: at the end it tells them that nothing can be undone
        self.setObjectName("main_window")
        self._is_painted = False
        self.theme = theme
        self.setWindowIcon(icon("radassist", theme))
        self.setAcceptDrops(True)
        self.actions_by_id = Actions(theme, self)
        self.worklist_model = WorklistTableModel(self)
        self.worklist = WorklistPanel(theme, self.worklist_model)
        self.film_area = FilmArea(theme)
        self.film = self.film_area.first
        self.findings = FindingsPanel(theme)
        self.reader = ReaderPanel()
        self.blocks = BlocksPanel(theme)
        self.review_tabs = QTabWidget()
        self.review_tabs.addTab(self.blocks, "Blocks")
        self.overlays = OverlaySwitch(self.review_tabs, self.film)
        self.queue = QueuePanel(theme)
        self.status = StatusBar()
        self.message_bar = MessageBar()
        self.offer_bar = OfferBar("Continue", "Not any more")
        self.welcome_bar = OfferBar("I understand", "Show me round")
        self.set_title("")
        self._lay_out()
        self._make_menus()
        self._make_toolbar()
        self._make_status_bar()
        self.resize(1280, 800)

    @property
    def active_film(self) -> FilmView:
        """The film that keys act on: `film`, or the second one where two hang side by side."""
        return self.film_area.active

    def set_title(self, film_name: str) -> None:
        """Name the film on the screen in the title, on one line and without the placeholder of Qt's own."""
        name = one_line(film_name).replace("[*]", "")
        self.setWindowTitle(f"{name} – radassist (research use only)" if name else "radassist (research use only)")

    def say_whose_findings(self, film: str) -> None:
        """Name the film that findings and blocks speak of, where there are two; empty for one."""
        self._docks[1].setWindowTitle(f"{_REVIEW_TITLE} · {film}" if film else _REVIEW_TITLE)

    def show_message(self, sentence: str, milliseconds: int = 8000) -> None:
        """Say one sentence in the status bar for a while."""
        self.status.showMessage(sentence, milliseconds)

    def take_message_back(self, sentence: str) -> None:
        """Say `sentence` no longer; another message stays."""
        if self.status.currentMessage() == sentence:
            self.status.clearMessage()

    def set_model_line(self, text: str) -> None:
        """Name the model and its device at the right of the status bar."""
        self.status.tell(self._model_line, text)

    def set_pointer_line(self, text: str) -> None:
        """Say what lies under the pointer."""
        self.status.tell(self._pointer_line, text)

    def add_panel(self, title: str, widget: QWidget, area: Qt.DockWidgetArea, name: str) -> QDockWidget:
        """Give a panel of a feature a dock of its own: where it was at the last end, else hidden until asked for."""
        dock = _named_dock(title, widget, name, self)
        if not self.restoreDockWidget(dock):
            self.addDockWidget(area, dock)
            dock.hide()
        return dock

    def restore_places(self, geometry: QByteArray | None, layout: QByteArray | None) -> None:
        """Put window and docks where they were."""
        if geometry is not None:
            self.restoreGeometry(geometry)
        if layout is not None:
            self.restoreState(layout)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: D102, N802 - Qt's
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: D102, N802 - Qt's
        self.closing.emit()
        event.accept()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: D102, N802 - Qt's
        if local_paths(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: D102, N802 - Qt's
        self.paths_dropped.emit(local_paths(event.mimeData()))
        event.acceptProposedAction()

    def _lay_out(self) -> None:
        self.setCentralWidget(_column(_column(self.welcome_bar, self.message_bar, self.offer_bar), self.film_area))
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self._docks = (
            self._dock("Worklist", self.worklist, Qt.DockWidgetArea.LeftDockWidgetArea, "worklist"),
            self._dock(_REVIEW_TITLE, self._review(), Qt.DockWidgetArea.RightDockWidgetArea, "review"),
            self._dock("Queue", self.queue, Qt.DockWidgetArea.BottomDockWidgetArea, "queue"),
        )
        self.resizeDocks([self._docks[0], self._docks[1]], [_WORKLIST_WIDTH, _REVIEW_WIDTH], Qt.Orientation.Horizontal)

    def _review(self) -> QWidget:
        return TallArea(_column(_column(self.findings, self.reader), self.review_tabs, self.findings.details))

    def _dock(self, title: str, widget: QWidget, area: Qt.DockWidgetArea, name: str) -> QDockWidget:
        dock = _named_dock(title, widget, name, self)
        self.addDockWidget(area, dock)
        return dock

    def _make_menus(self) -> None:
        self.menus = {menu: self.menuBar().addMenu(menu.value) for menu in Menu}
        for spec in self.actions_by_id.specs:
            if spec.starts_group:
                self.menus[spec.menu].addSeparator()
            self.menus[spec.menu].addAction(self.actions_by_id[spec.id])
        self._add_dock_toggles(self.menus[Menu.VIEW])

    def _add_dock_toggles(self, menu: QMenu) -> None:
        menu.addSeparator()
        for dock in self._docks:
            menu.addAction(dock.toggleViewAction())

    def _make_toolbar(self) -> None:
        bar = self.addToolBar("Tools")
        bar.setObjectName("tools")
        bar.setIconSize(QSize(20, 20))
        bar.setMovable(False)
        shown = [spec for spec in self.actions_by_id.specs if spec.icon]
        for before, spec in zip([None, *shown], shown, strict=False):
            if before and before.menu is not spec.menu:
                bar.addSeparator()
            bar.addAction(self.actions_by_id[spec.id])

    def _make_status_bar(self) -> None:
        self.setStatusBar(self.status)
        self._model_line = self.status.add_line("Model and device", yields=True)
        self._pointer_line = self.status.add_line("Under the pointer", yields=True)
        research = self.status.add_line("Research use only")
        research.setObjectName("research_line")
        set_role(research, "warning")
        self.status.tell(research, RESEARCH_LINE)


def _named_dock(title: str, widget: QWidget, name: str, window: QMainWindow) -> QDockWidget:
    """Layouts are kept by name."""
    dock = QDockWidget(title, window)
    dock.setObjectName(f"{name}_dock")
    dock.setWidget(widget)
    return dock


def _column(*widgets: QWidget) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget)
    layout.setStretchFactor(widgets[1], 1)
    return column
