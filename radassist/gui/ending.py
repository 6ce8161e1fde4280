"""Ending all that runs behind the window, within some seconds and whatever hangs."""

import time

from radassist.gui.backing import Backing
from radassist.gui.jobs import JobRunner

_SECONDS, _JOBS_SECONDS = 3.0, 1.0
"""For everything together, and what jobs have in any case: those that waited for a model are just being told."""


def end_all(backing: Backing | None, runner: JobRunner) -> bool:
    """End decoders, models and jobs; whether all of them ended in time. One that hangs is left."""
    began = time.monotonic()
    if backing:
        backing.services.loader.close()
    has_model_ended = backing.close() if backing else True  # first: jobs may be waiting for it
    left = _SECONDS - (time.monotonic() - began)
    return runner.shutdown(max(left, _JOBS_SECONDS)) and has_model_ended
