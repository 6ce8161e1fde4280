"""Who the films of a list belong to, from headers alone: a list can name patients before anything is scored."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from radassist.domain.cancellation import CancelToken
from radassist.domain.study import Instance
from radassist.workflow.services import FilmLoader
from radassist.workflow.waiting import result_of


def read_headers(instances: Iterable[Instance], loader: FilmLoader, cancel: CancelToken) -> Iterator[Instance]:
    """Those of `instances` whose header says who they belong to, with their identity filled in.

    One header is under way at a time: headers go before the queue's films, and more would keep the decoders from them.

    Raises:
        Cancelled: If `cancel` is cancelled or the loader is closed.
    """
    for instance in instances:
        cancel.raise_if_cancelled()
        identity = result_of(loader.identify(instance.source), cancel)
        if identity is not None:
            yield replace(instance, identity=identity)
