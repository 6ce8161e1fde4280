"""The acts of the Blocks menu: maps over the film."""

from radassist.gui.actions.spec import ActionSpec, Menu, Need

BLOCKS_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "toggle_overlay",
        Menu.BLOCKS,
        "Show &map over film",
        ("G",),
        "Lay the block map over the film; hold to peek.",
        "overlay",
        Need.MAPS,
        checkable=True,
    ),
    ActionSpec("next_block", Menu.BLOCKS, "&Next block", ("Right",), "Show the next, deeper block.", "", Need.MAPS),
    ActionSpec(
        "previous_block",
        Menu.BLOCKS,
        "&Previous block",
        ("Left",),
        "Show the previous, shallower block.",
        "",
        Need.MAPS,
    ),
    ActionSpec("more_opaque", Menu.BLOCKS, "More &opaque", ("]",), "Strengthen the map.", "", Need.MAPS),
    ActionSpec("less_opaque", Menu.BLOCKS, "&Less opaque", ("[",), "Weaken the map.", "", Need.MAPS),
    ActionSpec(
        "core_sample",
        Menu.BLOCKS,
        "&Values under the pointer",
        ("K",),
        "Show beside the pointer what the film and every block's map hold there.",
        "",
        Need.MAPS,
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "receptive_field",
        Menu.BLOCKS,
        "What a value &depends on",
        ("O",),
        "Draw, at the pointer, the part of the film that the chosen block's value depends on.",
        "",
        Need.MAPS,
        checkable=True,
    ),
)
