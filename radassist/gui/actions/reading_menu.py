"""The acts of the Reading menu: the reader's own answers, one key each."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need

READING_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "agree_next",
        Menu.READING,
        "Agree and &next film",
        ("Return", "Enter"),
        "Agree with the model and turn to the next film.",
        "",
        Need.FILM,
    ),
    ActionSpec("agree", Menu.READING, "&Agree", ("Y",), "Agree with what the model says of this film.", "", Need.FILM),
    ActionSpec("disagree", Menu.READING, "&Disagree", ("N",), "Disagree with what the model says.", "", Need.FILM),
    ActionSpec("say_undetermined", Menu.READING, "&Unsure", ("U",), "Say that you cannot decide.", "", Need.FILM),
    ActionSpec(
        "say_positive",
        Menu.READING,
        "&Suspected",
        ("S",),
        "Say that you suspect the finding yourself.",
        "",
        Need.FILM,
        starts_group=True,
    ),
    ActionSpec(
        "say_negative",
        Menu.READING,
        "N&ot suspected",
        ("X",),
        "Say that you do not suspect the finding.",
        "",
        Need.FILM,
    ),
    ActionSpec(
        "write_note",
        Menu.READING,
        "&Jot down a note…",
        ("J",),
        "Write a note beside your answer; Enter keeps it.",
        "",
        Need.FILM,
        starts_group=True,
    ),
    ActionSpec(
        "mark_unread",
        Menu.READING,
        "Mark as un&read",
        (".",),
        "Take your answer back and call the film unread.",
        "",
        Need.FILM,
    ),
)
