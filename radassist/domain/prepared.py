"""A film made ready for a network by whoever read it: some 60 KB travel instead of up to 10 MB of pixels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from radassist.domain.geometry import Geometry
from radassist.domain.radiograph import FileFacts, Notice, Radiograph
from radassist.domain.study import Identity


@dataclass(frozen=True, slots=True)
class InputShape:
    """How a film is made to fit a network.

    Attributes:
        height: Rows the network takes.
        width: Columns the network takes.
        via: (height, width) every film is resized to first; None to go there at once.
    """

    height: int
    width: int
    via: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class PreparedFilm:
    """What a score needs of a film.

    Attributes:
        shape: What it was prepared for.
        fed: (height, width) uint8, as the network takes it.
        height: Rows of pixels of the film itself.
        width: Columns of pixels of the film itself.
        contrast: Greys between the darkest and the brightest hundredths of the film as shown, in [0, 255].
        thumbnail: (h, w) uint8, for lists.
        identity: As the film's.
        facts: As the film's.
        notices: As the film's.
    """

    shape: InputShape
    fed: NDArray[np.uint8]
    height: int
    width: int
    contrast: float
    thumbnail: NDArray[np.uint8]
    identity: Identity
    facts: FileFacts
    notices: tuple[Notice, ...]

    @property
    def geometry(self) -> Geometry:
        """The way back from the network's grid to the film's pixels."""
        return Geometry((self.height, self.width), (self.shape.height, self.shape.width))


AnyFilm = Radiograph | PreparedFilm
"""What a model can be asked about; identity, facts, notices and size are the film's own in both."""
