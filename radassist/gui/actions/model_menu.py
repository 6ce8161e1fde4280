"""The acts of the Model menu."""

from radassist.gui.actions.spec import ActionSpec, Menu

MODEL_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "models", Menu.MODEL, "&Models and their cards…", ("Ctrl+M",), "Read what is known of each model; choose one."
    ),
)
