"""What is said of a block and its map, on its tile, above the colours and in pictures that are kept."""

from radassist.domain.analysis import FeatureMap, Reduction
from radassist.gui.blocks.block_maps import BlockMap
from radassist.gui.blocks.block_strip import TileText
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.findings.findings_text import percent

_NO_SIGNAL = "No signal in this block: its cells do not differ, so nothing lies over the film."
_NO_DIFFERENCE = "These two maps do not differ, so nothing lies over the film."
_COLOURS = ("red", "green", "blue")


def tile_text(feature_map: FeatureMap) -> TileText:
    """Name, size and tip of a block."""
    channels, height, width = feature_map.activations.shape
    block = feature_map.block
    title = f"{block.title}\n" if block.title else ""
    return TileText(
        block.name,
        f"{height}×{width} · {channels}",
        f"{title}{height}×{width} cells, {channels} channels, {block.stride} input pixels a cell",
    )


def map_title(shown: BlockMap, state: BlocksState) -> str:
    """Which map this is."""
    names = f"{shown.block.name} − {shown.minus.name}" if shown.minus else shown.block.name
    return f"{names}: {_reduction(shown, state)}"


def map_caption(shown: BlockMap, state: BlocksState) -> str:
    """What its cells and values are."""
    if not shown.has_signal:
        return _NO_DIFFERENCE if shown.minus else _NO_SIGNAL
    rows, columns = shown.grid.shape
    height, width = shown.cell_size
    return f"{rows}×{columns} cells, each {height:.0f}×{width:.0f} film pixels; {_values(shown, state)}"


def map_in_a_line(shown: BlockMap, state: BlocksState) -> str:
    """Map and values in one line, for a picture that is kept."""
    title = map_title(shown, state)
    if shown.components:
        return title
    if state.contours:
        return f"{title}, line at {shown.level(state.level):.3g}"
    return f"{title}, {shown.low:.3g} to {shown.high:.3g}"


def _reduction(shown: BlockMap, state: BlocksState) -> str:
    if shown.channel is not None:
        return f"activation of channel {shown.channel}"
    if shown.components:
        return f"principal components of {shown.channels} channels"
    if shown.minus and state.reduction is not Reduction.CLASS:
        return f"{state.reduction.value} activation, standardised"
    if state.reduction is Reduction.CLASS:
        return f"{shown.channels} channels weighted for {shown.target}"
    return f"{state.reduction.value} activation of {shown.channels} channels"


def _values(shown: BlockMap, state: BlocksState) -> str:
    if shown.components:
        shares = zip(_COLOURS, shown.components.shares, strict=True)
        return ", ".join(f"{colour} {percent(share)}" for colour, share in shares) + " of the variance"
    if shown.minus:
        return "each map in standard deviations from its own mean"
    return "raw values on one scale for all blocks" if state.one_scale else "raw values"
