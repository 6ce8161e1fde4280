"""The acts of the Model menu."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need


def _hide(shape: str, text: str, key: str, tip: str, *, first: bool = False) -> ActionSpec:
    return ActionSpec(f"hide_{shape}", Menu.MODEL, text, (key,), tip, "", Need.SCORE, True, first)


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
    _hide("box", "Hide a &box", "Shift+R", "Drag from corner to corner: the film is scored without it.", first=True),
    _hide("lasso", "Hide by &lasso", "Shift+L", "Drag around a part: the film is scored without it."),
    _hide("brush", "Hide by b&rush", "Shift+S", "Drag over a part: the film is scored without it."),
    ActionSpec("brush_larger", Menu.MODEL, "Lar&ger brush", ("Shift+Up",), "Make the brush larger.", "", Need.BRUSH),
    ActionSpec(
        "brush_smaller", Menu.MODEL, "Sm&aller brush", ("Shift+Down",), "Make the brush smaller.", "", Need.BRUSH
    ),
    ActionSpec(
        "show_hidden",
        Menu.MODEL,
        "&Show all of the film",
        ("Shift+X",),
        "Hide nothing of the film any more.",
        "",
        Need.HIDDEN,
    ),
)
