"""Keeps what the model says of films that are looked at, so that no queue has to score them again."""

import logging
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from threading import Lock

from radassist.domain.analysis import ModelFacts
from radassist.domain.errors import StoreError
from radassist.domain.study import FileStamp
from radassist.domain.worklist import WorklistItem
from radassist.workflow.services import ResultsSink

_LOG = logging.getLogger(__name__)


class ScreenResults:
    """A `KeepResult` over a run for each model that is used. Safe to use from any thread.

    Args:
        begin: Makes such a run.
    """

    def __init__(self, begin: Callable[[ModelFacts], ResultsSink]) -> None:
        self._begin = begin
        self._lock = Lock()
        self._numbers = count()
        self._facts: ModelFacts | None = None
        self._run: ResultsSink | None = None

    def __call__(self, item: WorklistItem, stamp: FileStamp | None, facts: ModelFacts) -> None:
        """Keep how `item` ended, unless that is known. Where it cannot be kept it is shown all the same."""
        analysis = item.analysis
        if analysis and analysis.provenance.model_sha256 != facts.sha256:
            return  # the model was changed meanwhile
        try:
            with self._lock:
                self._keep(item, stamp, self._run_of(facts))
        except StoreError as error:
            _LOG.error("the result of a film that was looked at could not be kept", exc_info=error)

    def _run_of(self, facts: ModelFacts) -> ResultsSink:
        if self._run is None or facts != self._facts:
            self._run, self._facts = self._begin(facts), facts
        return self._run

    def _keep(self, item: WorklistItem, stamp: FileStamp | None, run: ResultsSink) -> None:
        known = run.recall(item, stamp, lambda: item.film_sha256) if stamp else None
        if known is None or (known.state, known.film_sha256) != (item.state, item.film_sha256):
            numbered = replace(item, number=next(self._numbers))
            run.add([numbered])
            run.save([(numbered, stamp)])
