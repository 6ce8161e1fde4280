"""Results of films that another system sent, on their way back: made once for each answer, laid into the outbox."""

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from hashlib import sha256

from radassist.dicomnet.outbox import Outbox
from radassist.domain.analysis import Analysis
from radassist.domain.cancellation import CancelToken
from radassist.domain.dicom_results import DicomKind
from radassist.domain.errors import UserError
from radassist.domain.worklist import ItemState, WorklistItem
from radassist.workflow.dicom_results import DicomResultWriter, ResultWish, write_results
from radassist.workflow.services import Services

USUAL_KINDS = frozenset({DicomKind.SR, DicomKind.SC})
"""What goes back unless something else is asked for: numbers for programs, and a picture that any viewer shows."""

_DIGITS = 32


@dataclass(frozen=True, slots=True)
class ReturnedResults:
    """Makes the results of one film after the other.

    Attributes:
        kinds: The objects that are made of each.
        record: Writes down that results of the film with this SHA-256 leave; raises `StoreError`, and then they stay.
        tell: Takes one sentence for the user where a film's results could not be made; they are when the program
            starts again and meets the film once more.
    """

    outbox: Outbox
    kinds: Collection[DicomKind]
    services: Services
    writer: DicomResultWriter
    record: Callable[[str], None]
    tell: Callable[[str], None]

    def offer(self, item: WorklistItem, cancel: CancelToken) -> None:
        """Make the results of `item`, unless it has no score or they were made before under the same conditions.

        Conditions are the model's weights, its card (so its calibration) and the threshold in force. Results made under
        others stay where they were sent: these are new objects beside them.

        Raises:
            Cancelled: If `cancel` is cancelled; nothing is left behind then.
        """
        if item.state is not ItemState.SCORED or item.analysis is None:
            return
        key = f"{item.film_sha256[:_DIGITS]}-{_conditions(item.analysis)[:_DIGITS]}"
        if self.outbox.knows(key):
            return
        try:
            with self.outbox.place_for(key) as folder:
                wishes = [ResultWish(item, "result")]
                for step in write_results(wishes, self.kinds, folder, self.services, self.writer, cancel):
                    if step.written:
                        self.record(step.film_sha256)
        except UserError as error:
            self.tell(f"The result of a film was not sent: {error}")


def _conditions(analysis: Analysis) -> str:
    """Hex digits that are others where another answer, or another decision, could be given of the same film."""
    made, point = analysis.provenance, analysis.prediction.point
    words = json.dumps([made.model_sha256, made.card_sha256, made.preprocessing, point.threshold, point.set_by])
    return sha256(words.encode()).hexdigest()
