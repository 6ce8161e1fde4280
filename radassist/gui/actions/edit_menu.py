"""The acts of the Edit menu: taking back what was done."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need

EDIT_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("undo", Menu.EDIT, "&Undo", ("Ctrl+Z",), "Take back the last answer or mark.", "", Need.DONE),
    ActionSpec("redo", Menu.EDIT, "&Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "Do again what was undone.", "", Need.UNDONE),
)
