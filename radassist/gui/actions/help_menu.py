"""The acts of the Help menu."""

from radassist.gui.actions.spec import ActionSpec, Menu

HELP_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("shortcuts", Menu.HELP, "&Keys and mouse", ("?", "F1"), "What every key and mouse button does."),
    ActionSpec("tour", Menu.HELP, "&Show me round", (), "What is where, in five steps."),
    ActionSpec(
        "change_keys",
        Menu.HELP,
        "&Change keys…",
        ("Ctrl+Shift+K",),
        "Choose the key of every act; clashes are refused.",
    ),
    ActionSpec("about", Menu.HELP, "&About radassist", (), "Version, model, and what it must not be used for."),
)
