"""The acts of the Film menu: which film, how large, which way up."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need

FILM_ACTIONS: tuple[ActionSpec, ...] = (
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
)
