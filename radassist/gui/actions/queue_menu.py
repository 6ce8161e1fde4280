"""The acts of the Queue menu."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need

QUEUE_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "start_queue", Menu.QUEUE, "&Score all", ("F5",), "Score every film that waits.", "start", Need.IDLE_QUEUE
    ),
    ActionSpec(
        "pause_queue",
        Menu.QUEUE,
        "&Pause",
        ("F6",),
        "Pause or go on with the queue.",
        "pause",
        Need.RUNNING_QUEUE,
        checkable=True,
    ),
    ActionSpec(
        "cancel_queue",
        Menu.QUEUE,
        "&Cancel",
        ("F7",),
        "Stop the queue; finished films keep their results.",
        "stop",
        Need.RUNNING_QUEUE,
    ),
    ActionSpec(
        "retry_failed",
        Menu.QUEUE,
        "&Retry failed",
        ("Shift+F5",),
        "Score the films again that failed.",
        "",
        Need.FAILED,
    ),
    ActionSpec(
        "explain_all",
        Menu.QUEUE,
        "E&xplain all films…",
        ("Ctrl+Shift+X",),
        "Write block maps and Grad-CAM of every scored film of the list into a folder.",
        "",
        Need.ITEMS,
        starts_group=True,
    ),
    ActionSpec(
        "score_on_opening",
        Menu.QUEUE,
        "Score films when &opened",
        (),
        "Start the queue by itself when films are opened.",
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "watch_folder",
        Menu.QUEUE,
        "&Watch a folder…",
        ("Ctrl+Shift+W",),
        "Score films as they arrive in a folder.",
        checkable=True,
    ),
    ActionSpec(
        "receive_films",
        Menu.QUEUE,
        "R&eceive films…",
        (),
        "Let other DICOM systems send films here; off unless you switch it on.",
        checkable=True,
    ),
)
