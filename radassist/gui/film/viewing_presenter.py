"""The acts of looking: the magnifying lens, and the film with the whole window to itself."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QDockWidget

from radassist.gui.film.lens import Lens
from radassist.gui.main_window import MainWindow
from radassist.gui.widgets.peek_key import PeekKey


class ViewingPresenter(QObject):
    """Connects what changes how films are looked at and nothing else.

    Attributes:
        lenses: One for each of the two views.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._hidden: list[QDockWidget] = []
        self._is_maximised = False
        views = (window.film_area.first, window.film_area.second)
        self.lenses = tuple(Lens(view, window.theme) for view in views)
        self._peek = PeekKey(Qt.Key.Key_M, self.toggle_lens, self)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self._peek)
        window.actions_by_id.connect(
            {
                "magnifier": self._on_lens_key,
                "maximise_film": self.toggle_maximised,
            }
        )
        for view in views:
            view.maximise_requested.connect(self.toggle_maximised)
        window.closing.connect(self.restore)

    def toggle_lens(self) -> None:
        """Show the lens under the pointer, or take it away."""
        is_wanted = not self.lenses[0].is_on
        for lens in self.lenses:
            lens.set_on(is_wanted)
        self._window.actions_by_id["magnifier"].setChecked(is_wanted)

    def toggle_maximised(self) -> None:
        """Give the film the whole window, or put the panels back."""
        if self._is_maximised:
            self.restore()
            return
        self._is_maximised = True
        self._hidden = [dock for dock in self._window.findChildren(QDockWidget) if not dock.isHidden()]
        for dock in self._hidden:
            dock.hide()
        self._window.actions_by_id["maximise_film"].setChecked(True)

    def restore(self) -> None:
        """Put the panels back; also before the window closes, which remembers where they stood."""
        for dock in self._hidden:
            dock.show()
        self._hidden, self._is_maximised = [], False
        self._window.actions_by_id["maximise_film"].setChecked(False)

    def _on_lens_key(self) -> None:
        self._peek.pressed()
        self.toggle_lens()
