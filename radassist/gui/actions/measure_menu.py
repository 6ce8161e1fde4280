"""The acts of the Measure menu: one tool each, and what lengths rest on."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need


def _tool(
    name: str, text: str, keys: tuple[str, ...], tip: str, icon: str = "", *, starts_group: bool = False
) -> ActionSpec:
    return ActionSpec(f"draw_{name}", Menu.MEASURE, text, keys, tip, icon, Need.FILM, True, starts_group)


MEASURE_ACTIONS: tuple[ActionSpec, ...] = (
    _tool("length", "&Length", ("D", "L"), "Measure a length: drag along it.", "length"),
    _tool("angle", "&Angle", ("A",), "Measure an angle: drag to its vertex, then click.", "angle"),
    _tool("cobb", "Co&bb angle", ("Shift+A",), "Measure the angle between two lines: drag along each."),
    _tool(
        "ratio",
        "&Cardiothoracic ratio",
        ("C",),
        "Drag across the heart and across the thorax; the lines stay level.",
        "cardiothoracic",
    ),
    _tool(
        "rectangle",
        "&Rectangle",
        ("B",),
        "Mean, spread and area of a rectangle: drag from corner to corner.",
        "rectangle",
        starts_group=True,
    ),
    _tool("ellipse", "&Ellipse", ("E",), "Mean, spread and area of an ellipse: drag across it.", "ellipse"),
    _tool("arrow", "Arro&w", ("Q",), "Point at something: drag away from it.", "arrow", starts_group=True),
    _tool("text", "&Text", ("T",), "Write on the film: click where the words belong.", "text"),
    _tool(
        "calibration",
        "Cal&ibrate by a known length",
        ("Shift+C",),
        "Drag along something of known length and type it.",
        starts_group=True,
    ),
    ActionSpec(
        "forget_calibration",
        Menu.MEASURE,
        "Use the &file's pixel size",
        (),
        "Forget the calibration by hand.",
        "",
        Need.BY_HAND,
    ),
    ActionSpec(
        "export_measurements",
        Menu.MEASURE,
        "&Save measurements…",
        ("Ctrl+Shift+M",),
        "Write what was measured on this film to a CSV or JSON file.",
        "",
        Need.MARKS,
    ),
    ActionSpec(
        "put_down",
        Menu.MEASURE,
        "&Put the tool down",
        ("W",),
        "As Esc: drop what is being drawn, then the tool; the left button sets window and level again.",
        "",
        Need.TOOL,
        starts_group=True,
    ),
    ActionSpec(
        "keep_tool",
        Menu.MEASURE,
        "&Keep the tool after use",
        ("Ctrl+K",),
        "Draw one mark after the other with the same tool.",
        checkable=True,
    ),
)
