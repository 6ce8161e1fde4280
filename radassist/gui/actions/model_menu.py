"""The acts of the Model menu."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need

MODEL_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "models", Menu.MODEL, "&Models and their cards…", ("Ctrl+M",), "Read what is known of each model; choose one."
    ),
    ActionSpec(
        "bench",
        Menu.MODEL,
        "&Convolution bench…",
        ("Ctrl+Shift+V",),
        "Slide any kernel over the film and see what comes of it.",
        "",
        Need.FILM,
    ),
)
