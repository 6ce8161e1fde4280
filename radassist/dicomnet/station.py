"""A node with all that belongs to it: the films it received, and the results on their way back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from radassist.dicomnet.delivery import Delivery
from radassist.dicomnet.folder_lock import alone_in
from radassist.dicomnet.limits import Quota
from radassist.dicomnet.node import Node, NodeSettings
from radassist.dicomnet.outbox import Outbox
from radassist.dicomnet.peers import Peer
from radassist.dicomnet.sender import Sender
from radassist.dicomnet.spool import Spool


@dataclass(frozen=True, slots=True)
class StationPlan:
    """What a station is to do.

    Attributes:
        folder: For films and results; of one station at a time.
        quota: How many films may lie there.
        peer: Where results go; None for nowhere.
    """

    node: NodeSettings
    folder: Path
    quota: Quota = field(default_factory=Quota)
    peer: Peer | None = None


@dataclass(frozen=True, slots=True)
class Station:
    """A station at work.

    Attributes:
        plan: What it does.
        port: That it listens on.
        spool: Of the films it received.
        outbox: For results; None where they go nowhere.
    """

    plan: StationPlan
    port: int
    spool: Spool
    outbox: Outbox | None


@contextmanager
def running_station(plan: StationPlan, tell: Callable[[str], None]) -> Iterator[Station]:
    """A station at work until the block ends.

    Args:
        plan: What it does.
        tell: Takes sentences for the user, from any thread.

    Raises:
        FolderTaken: If another station is at work in the same folder.
        NodeUnavailable: If it cannot listen.
        BadCertificate: If a certificate cannot be used.
        StoreError: If the folder cannot be used.
    """
    spool = Spool(plan.folder / "spool", plan.quota)
    node = Node(plan.node, spool, tell)
    with alone_in(plan.folder):
        spool.open()
        node.start()
        try:
            with _delivering(plan, tell) as outbox:
                yield Station(plan, node.port, spool, outbox)
        finally:
            node.stop()


@contextmanager
def _delivering(plan: StationPlan, tell: Callable[[str], None]) -> Iterator[Outbox | None]:
    if plan.peer is None:
        yield None
        return
    outbox, sender = Outbox(plan.folder / "outbox"), Sender(plan.peer, plan.node.title)
    outbox.open()
    delivery = Delivery(outbox, sender.send_sound, sender.cut, tell)
    delivery.start()
    try:
        yield outbox
    finally:
        delivery.stop()
