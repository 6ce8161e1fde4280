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
    ActionSpec(
        "window_lung",
        Menu.WINDOW,
        "&Lung",
        ("3",),
        "Spread the darker part of the film: lungs and what lies in them.",
        "",
        Need.FILM,
        starts_group=True,
    ),
    ActionSpec(
        "window_bone",
        Menu.WINDOW,
        "&Bone and mediastinum",
        ("4",),
        "Spread the brighter part of the film: behind the heart, spine and ribs.",
        "",
        Need.FILM,
    ),
    ActionSpec(
        "window_soft", Menu.WINDOW, "&Soft", ("5",), "Every value at low contrast: lines and tubes.", "", Need.FILM
    ),
    ActionSpec(
        "window_contrast",
        Menu.WINDOW,
        "&High contrast",
        ("6",),
        "Spread the middle of the film over all greys.",
        "",
        Need.FILM,
    ),
    ActionSpec(
        "window_list",
        Menu.WINDOW,
        "&Windows of this film…",
        ("Shift+W",),
        "Every window and lookup table the file offers, by name, and the film without them.",
        "",
        Need.FILM,
        starts_group=True,
    ),
    ActionSpec(
        "window_panel",
        Menu.WINDOW,
        "Histo&gram and numbers",
        ("Ctrl+H",),
        "The film's values with the window drawn on them, to drag or to type.",
        "histogram",
        checkable=True,
    ),
)
