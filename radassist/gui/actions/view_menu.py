"""The acts of the View menu: order and place of things."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need

VIEW_ACTIONS: tuple[ActionSpec, ...] = (
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
    ActionSpec(
        "choose_columns",
        Menu.VIEW,
        "&Columns of the list",
        ("Ctrl+Shift+H",),
        "Choose the columns beside the films of the list.",
    ),
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
    ActionSpec(
        "maximise_film",
        Menu.VIEW,
        "&Film alone",
        ("F9",),
        "Give the film the whole window, or bring the panels back.",
        checkable=True,
    ),
    ActionSpec("full_screen", Menu.VIEW, "&Full screen", ("F11",), "Use the whole screen.", checkable=True),
    ActionSpec(
        "two_films",
        Menu.VIEW,
        "&Two films side by side",
        ("P",),
        "Hang the patient's prior beside the film, or go back to one film (Esc).",
        "two-films",
        Need.FILM,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "hold_beside",
        Menu.VIEW,
        "&Keep this film beside",
        ("Shift+P",),
        "Hang the film on the right, and go on through the list on the left.",
        "",
        Need.FILM,
    ),
    ActionSpec(
        "hang_prior",
        Menu.VIEW,
        "Hang the &prior by itself",
        (),
        "Whenever the list holds an earlier film of the same patient, hang it beside.",
        checkable=True,
    ),
    ActionSpec(
        "link_moves", Menu.VIEW, "Link &zoom and place", (), "Two films move and turn together.", checkable=True
    ),
    ActionSpec(
        "link_windows",
        Menu.VIEW,
        "Link &windows",
        (),
        "Two films are shown alike: by shares of their pixels, as their values have different scales.",
        checkable=True,
    ),
)
