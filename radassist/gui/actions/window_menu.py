"""The acts of the Window level menu."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need

WINDOW_ACTIONS: tuple[ActionSpec, ...] = (
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
)
