"""The acts of the Model menu."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need

MODEL_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "models", Menu.MODEL, "&Models and their cards…", ("Ctrl+M",), "Read what is known of each model; choose one."
    ),
    ActionSpec(
        "two_models",
        Menu.MODEL,
        "&Two models side by side",
        ("Shift+M",),
        "Show the film twice, and on the right what another model says of it; its answer is not kept.",
        "",
        Need.FILM,
        checkable=True,
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
