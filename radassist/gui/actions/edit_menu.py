"""The acts of the Edit menu: taking back what was done."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need

EDIT_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("undo", Menu.EDIT, "&Undo", ("Ctrl+Z",), "Take back the last step.", "", Need.UNDO),
    ActionSpec("redo", Menu.EDIT, "&Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), "Do again what was undone.", "", Need.REDO),
    ActionSpec(
        "copy_picture",
        Menu.EDIT,
        "&Copy picture",
        ("Ctrl+C",),
        "Copy the film as it is shown, without the patient's texts.",
        "",
        Need.FILM,
        starts_group=True,
    ),
    ActionSpec(
        "delete_mark",
        Menu.EDIT,
        "&Delete mark",
        ("Delete", "Backspace"),
        "Remove the chosen mark from the film.",
        "",
        Need.MARK,
        starts_group=True,
    ),
    ActionSpec(
        "delete_marks",
        Menu.EDIT,
        "Delete &all marks of the film",
        ("Shift+Delete",),
        "Remove every mark from the film on the screen.",
        "",
        Need.MARKS,
    ),
)
