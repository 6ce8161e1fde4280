"""Where the films of one retrieved study lie: a folder of the program's own, named by nothing the archive says."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from radassist.dicomnet.limits import Quota
from radassist.dicomnet.spool import Spool
from radassist.domain.archive import FetchStep

LARGEST_OBJECT = 256 << 20
_QUOTA = Quota(total_bytes=4 << 30, films=2_000)
_DIGITS = 32


class Shelf:
    """The films of one study, those of earlier retrievals included.

    Attributes:
        spool: Where new ones go.
    """

    def __init__(self, folder: Path, study_uid: str) -> None:
        """Make the folder where it is missing; raises `StoreError`."""
        self.spool = Spool(folder / sha256(study_uid.encode()).hexdigest()[:_DIGITS], _QUOTA)
        self.spool.open()
        self._known = dict.fromkeys(self.spool.take_new())
        self._told: set[Path] = set()

    def step(self, remaining: int = 0) -> FetchStep:
        """How far it is."""
        done = len(self._told)
        return FetchStep(done, done + remaining if remaining else 0)

    def new_steps(self, remaining: int = 0) -> Iterator[FetchStep]:
        """A step for each film that came since this was asked last and was not here before."""
        yield from self._steps((path for path in self.spool.take_new() if path not in self._known), remaining)

    def last_steps(self) -> Iterator[FetchStep]:
        """The films that were here before, told of when everything has come; each film has one step in all."""
        yield from self.new_steps()
        yield from self._steps(self._known, 0)

    def _steps(self, paths: Iterable[Path], remaining: int) -> Iterator[FetchStep]:
        for path in paths:
            if path not in self._told:
                self._told.add(path)
                yield FetchStep(len(self._told), len(self._told) + remaining, path)
