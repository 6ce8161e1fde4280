"""What an act is: its menu, keys, tip and what must be there for it to make sense."""

from dataclasses import dataclass
from enum import StrEnum


class Menu(StrEnum):
    """The menus of the window, in order."""

    FILE = "&File"
    EDIT = "&Edit"
    FILM = "F&ilm"
    WINDOW = "&Window level"
    MEASURE = "&Measure"
    BLOCKS = "&Blocks"
    READING = "&Reading"
    QUEUE = "&Queue"
    MODEL = "&Model"
    VIEW = "&View"
    HELP = "&Help"


class Need(StrEnum):
    """What must be there for an act to make sense."""

    NOTHING = "nothing"
    ITEMS = "films on the worklist"
    SELECTION = "films selected in the list"
    FILM = "a film on the screen"
    MAPS = "block maps of the film on the screen"
    TWINS = "the film on the screen shown twice, side by side"
    IDLE_QUEUE = "films waiting and no queue running"
    RUNNING_QUEUE = "a running queue"
    FAILED = "films that failed and no queue running"
    ROUND = "a round of blind reading"
    UNDO = "something done that can be undone"
    REDO = "something undone that can be done again"
    TOOL = "a measuring tool in the hand, or a mark chosen"
    MARK = "a mark chosen"
    MARKS = "marks on the film on the screen"
    BY_HAND = "a film on the screen that was calibrated by hand"
    SCORE = "a score of the film on the screen by the model in force"
    BRUSH = "the brush in the hand"
    HIDDEN = "hidden parts of the film on the screen"


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
