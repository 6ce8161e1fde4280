"""How somebody else asks a film to be shown: what a presentation state says, beside the film's own file."""

from dataclasses import dataclass

from radassist.domain.radiograph import LookupTable, Radiograph, Window


@dataclass(frozen=True, slots=True, eq=False)
class StateWindow:
    """One window of a presentation state.

    Attributes:
        films: SOP Instance UIDs it is meant for; without any it is for all of the state's films.
    """

    window: Window | LookupTable
    films: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class PresentationState:
    """A greyscale presentation state (DICOM PS3.3 A.33.1): window, turn, flip and sense of the greys.

    Attributes:
        label: The name its maker gave it; may be empty.
        films: SOP Instance UIDs of the films it is meant for.
        windows: In its own order; a film without one keeps its own.
        quarter_turns: Clockwise, 0 to 3, before `mirrored`.
        mirrored: Whether left and right are swapped then.
        inverse: Whether high values are dark, whatever the film says of itself.
        rescale: Slope and intercept its windows rest on; None where it names none.
    """

    label: str
    films: tuple[str, ...]
    windows: tuple[StateWindow, ...] = ()
    quarter_turns: int = 0
    mirrored: bool = False
    inverse: bool = False
    rescale: tuple[float, float] | None = None

    def window_for(self, film: Radiograph) -> Window | LookupTable:
        """What `film` is to be shown through; its own default where the state names nothing for it."""
        own = (each.window for each in self.windows if not each.films or film.identity.instance_uid in each.films)
        return next(own, film.windows[0])

    def trouble_with(self, film: Radiograph) -> str:
        """Why `film` cannot be shown so, in a few words; empty where it can."""
        if self.rescale is None or not self.windows:
            return ""
        modality = film.modality
        is_same = modality.table is None and self.rescale == (modality.slope, modality.intercept)
        return "" if is_same else "made for other values than the film's"
