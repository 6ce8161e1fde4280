"""Small pictures of films that ended before, read one after the other."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

import numpy as np
from numpy.typing import NDArray

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.domain.worklist import WorklistItem
from radassist.imaging.thumbnail import thumbnail
from radassist.workflow.services import FilmLoader
from radassist.workflow.waiting import result_of


def read_thumbnails(
    items: Iterable[WorklistItem], loader: FilmLoader, cancel: CancelToken
) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Number and thumbnail of each of `items` that can be read, one after the other, so that other films come between.

    Raises:
        Cancelled: If `cancel` is cancelled or the loader closed.
    """
    for item in items:
        cancel.raise_if_cancelled()
        with suppress(UserError):
            yield item.number, thumbnail(result_of(loader.submit(item.source), cancel))
