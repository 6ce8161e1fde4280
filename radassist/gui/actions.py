"""Every act a user can take, as one table, and the QActions made from it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from radassist.gui.theme import Theme, icon


class Menu(StrEnum):
    """The menus of the window, in order."""

    FILE = "&File"
    FILM = "F&ilm"
    WINDOW = "&Window level"
    BLOCKS = "&Blocks"
    QUEUE = "&Queue"
    VIEW = "&View"
    HELP = "&Help"


class Need(StrEnum):
    """What must be there for an act to make sense."""

    NOTHING = "nothing"
    ITEMS = "films on the worklist"
    FILM = "a film on the screen"
    MAPS = "block maps of the film on the screen"
    IDLE_QUEUE = "films waiting and no queue running"
    RUNNING_QUEUE = "a running queue"
    FAILED = "films that failed and no queue running"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One act.

    Attributes:
        id: Name by which the presenter connects it.
        shortcuts: Key sequences in Qt's portable text; the first is shown in the menu.
        icon: Name in `resources/icons`; acts with one stand in the toolbar.
        tip: One sentence; shown in the status bar and, with the shortcut, as tool tip.
    """

    id: str
    menu: Menu
    text: str
    shortcuts: tuple[str, ...]
    tip: str
    icon: str = ""
    needs: Need = Need.NOTHING
    checkable: bool = False
    starts_group: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("open_files", Menu.FILE, "&Open films…", ("Ctrl+O",), "Open DICOM, PNG, JPEG or TIFF files.", "open"),
    ActionSpec(
        "open_folder", Menu.FILE, "Open &folder…", ("Ctrl+Shift+O",), "Open every film below a folder.", "folder"
    ),
    ActionSpec(
        "export_csv",
        Menu.FILE,
        "&Export CSV…",
        ("Ctrl+E",),
        "Write one row a film to a CSV file.",
        "export",
        Need.ITEMS,
        starts_group=True,
    ),
    ActionSpec(
        "clear",
        Menu.FILE,
        "&Close all films",
        ("Ctrl+W",),
        "Empty the worklist; files stay where they are.",
        "",
        Need.ITEMS,
    ),
    ActionSpec("quit", Menu.FILE, "&Quit", ("Ctrl+Q",), "Leave the program.", starts_group=True),
    ActionSpec(
        "next_film", Menu.FILM, "&Next film", ("PgDown", "Down"), "Show the next film of the list.", "", Need.ITEMS
    ),
    ActionSpec(
        "previous_film",
        Menu.FILM,
        "&Previous film",
        ("PgUp", "Up"),
        "Show the previous film of the list.",
        "",
        Need.ITEMS,
    ),
    ActionSpec("first_film", Menu.FILM, "F&irst film", ("Home",), "Show the first film of the list.", "", Need.ITEMS),
    ActionSpec("last_film", Menu.FILM, "&Last film", ("End",), "Show the last film of the list.", "", Need.ITEMS),
    ActionSpec("fit", Menu.FILM, "&Fit", ("F", "="), "Show the whole film.", "fit", Need.FILM, starts_group=True),
    ActionSpec("actual_size", Menu.FILM, "One to &one", ("Ctrl+1",), "One film pixel a screen pixel.", "", Need.FILM),
    ActionSpec("zoom_in", Menu.FILM, "Zoom &in", ("+", "Ctrl++"), "Enlarge the film.", "zoom-in", Need.FILM),
    ActionSpec("zoom_out", Menu.FILM, "Zoom &out", ("-", "Ctrl+-"), "Make the film smaller.", "zoom-out", Need.FILM),
    ActionSpec(
        "rotate_left",
        Menu.FILM,
        "Rotate &left",
        ("Alt+L",),
        "Turn the film a quarter to the left.",
        "rotate-left",
        Need.FILM,
        starts_group=True,
    ),
    ActionSpec(
        "rotate_right",
        Menu.FILM,
        "Rotate &right",
        ("Alt+R",),
        "Turn the film a quarter to the right.",
        "rotate-right",
        Need.FILM,
    ),
    ActionSpec(
        "flip_horizontally",
        Menu.FILM,
        "Flip &horizontally",
        ("H",),
        "Swap left and right; the film is marked.",
        "flip-horizontal",
        Need.FILM,
    ),
    ActionSpec(
        "flip_vertically",
        Menu.FILM,
        "Flip &vertically",
        ("V",),
        "Swap top and bottom; the film is marked.",
        "flip-vertical",
        Need.FILM,
    ),
    ActionSpec(
        "reset",
        Menu.FILM,
        "&Reset",
        ("R", "Ctrl+0"),
        "Undo window, zoom, turns and flips.",
        "reset",
        Need.FILM,
        starts_group=True,
    ),
    ActionSpec("invert", Menu.WINDOW, "&Invert", ("I",), "Swap black and white.", "invert", Need.FILM),
    ActionSpec(
        "window_full",
        Menu.WINDOW,
        "&Full range",
        ("0",),
        "Show every value of the film.",
        "",
        Need.FILM,
        starts_group=True,
    ),
    ActionSpec(
        "window_default", Menu.WINDOW, "File's &default", ("1",), "The window the file asks for.", "", Need.FILM
    ),
    ActionSpec("window_second", Menu.WINDOW, "File's &second", ("2",), "The file's second window.", "", Need.FILM),
    ActionSpec(
        "toggle_overlay",
        Menu.BLOCKS,
        "Show &map over film",
        ("G",),
        "Lay the block map over the film; hold to peek.",
        "overlay",
        Need.MAPS,
        checkable=True,
    ),
    ActionSpec("next_block", Menu.BLOCKS, "&Next block", ("Right",), "Show the next, deeper block.", "", Need.MAPS),
    ActionSpec(
        "previous_block",
        Menu.BLOCKS,
        "&Previous block",
        ("Left",),
        "Show the previous, shallower block.",
        "",
        Need.MAPS,
    ),
    ActionSpec("more_opaque", Menu.BLOCKS, "More &opaque", ("]",), "Strengthen the map.", "", Need.MAPS),
    ActionSpec("less_opaque", Menu.BLOCKS, "&Less opaque", ("[",), "Weaken the map.", "", Need.MAPS),
    ActionSpec(
        "start_queue", Menu.QUEUE, "&Score all", ("F5",), "Score every film that waits.", "start", Need.IDLE_QUEUE
    ),
    ActionSpec(
        "pause_queue",
        Menu.QUEUE,
        "&Pause",
        ("F6",),
        "Pause or go on with the queue.",
        "pause",
        Need.RUNNING_QUEUE,
        checkable=True,
    ),
    ActionSpec(
        "cancel_queue",
        Menu.QUEUE,
        "&Cancel",
        ("F7",),
        "Stop the queue; finished films keep their results.",
        "stop",
        Need.RUNNING_QUEUE,
    ),
    ActionSpec(
        "retry_failed",
        Menu.QUEUE,
        "&Retry failed",
        ("Shift+F5",),
        "Score the films again that failed.",
        "",
        Need.FAILED,
    ),
    ActionSpec(
        "score_on_opening",
        Menu.QUEUE,
        "Score films when &opened",
        (),
        "Start the queue by itself when films are opened.",
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "watch_folder",
        Menu.QUEUE,
        "&Watch a folder…",
        ("Ctrl+Shift+W",),
        "Score films as they arrive in a folder.",
        checkable=True,
    ),
    ActionSpec(
        "suspicion_order",
        Menu.VIEW,
        "Most &suspicious first",
        ("Ctrl+Shift+S",),
        "Order the worklist by suspicion.",
    ),
    ActionSpec(
        "arrival_order", Menu.VIEW, "Order of &arrival", ("Ctrl+Shift+A",), "Order the worklist as the films came in."
    ),
    ActionSpec("study_order", Menu.VIEW, "By s&tudy", ("Ctrl+Shift+T",), "Keep the films of one study together."),
    ActionSpec("find", Menu.VIEW, "&Find in the list", ("Ctrl+F",), "Filter the worklist by words.", "", Need.ITEMS),
    ActionSpec(
        "corner_texts",
        Menu.VIEW,
        "&Corner texts",
        ("Space",),
        "Show or hide patient and window texts on the film.",
        checkable=True,
        starts_group=True,
    ),
    ActionSpec("full_screen", Menu.VIEW, "&Full screen", ("F11",), "Use the whole screen.", checkable=True),
    ActionSpec("shortcuts", Menu.HELP, "&Keys and mouse", ("?", "F1"), "What every key and mouse button does."),
    ActionSpec("about", Menu.HELP, "&About radassist", (), "Version, model, and what it must not be used for."),
)


class Actions:
    """The QActions of one window, by id."""

    def __init__(self, theme: Theme, parent: QWidget, specs: Iterable[ActionSpec] = ACTIONS) -> None:
        self.specs = tuple(specs)
        self._actions = {spec.id: _make(spec, theme, parent) for spec in self.specs}

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def set_met(self, met: frozenset[Need]) -> None:
        """Enable exactly the acts whose need is in `met`."""
        for spec in self.specs:
            self._actions[spec.id].setEnabled(spec.needs in met)


def _make(spec: ActionSpec, theme: Theme, parent: QWidget) -> QAction:
    action = QAction(spec.text, parent)
    action.setObjectName(spec.id)
    action.setShortcuts([QKeySequence(text) for text in spec.shortcuts])
    action.setAutoRepeat(spec.id.endswith(("_film", "_block", "_opaque")) or spec.id.startswith("zoom"))
    action.setCheckable(spec.checkable)
    action.setStatusTip(spec.tip)
    action.setToolTip(f"{spec.tip} ({spec.shortcuts[0]})" if spec.shortcuts else spec.tip)
    if spec.icon:
        action.setIcon(icon(spec.icon, theme))
    parent.addAction(action)
    return action
