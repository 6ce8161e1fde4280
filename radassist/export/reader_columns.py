"""What a table says of the reader beside the model's answer; nothing where nobody has read a film of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from radassist.domain.analysis import Analysis
from radassist.domain.reading import Opinion, ReaderAnswer

OTHER_LABEL = "other"
"""Stands for a label of the reader's own words in a table that is not identified."""

_NAMES = ("reader_answer", "reader_blind")
_NOTE, _KEY = "reader_note", "key_image"


@dataclass(frozen=True, slots=True)
class ReaderColumns:
    """The reader's part of a table.

    A reader may write anything, the patient's name too: notes, and labels that are none of the model's, stand in
    identified tables only.

    Attributes:
        answers: By the SHA-256 of their films; without any there are no columns for them.
        key_images: The SHA-256 of films of the table that are key images; without any there is no column for them.
        is_identified: Whether the user asked for a table that may name patients.
    """

    answers: Mapping[str, ReaderAnswer] = field(default_factory=dict)
    is_identified: bool = False
    key_images: frozenset[str] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        key = (_KEY,) if self.key_images else ()
        return (*self._answer_names, *key)

    def values(
        self, film_sha256: str, labels: Sequence[str], analysis: Analysis | None = None
    ) -> tuple[str | Decimal | None, ...]:
        """What stands in the columns for one film, in the order of `names`.

        Args:
            film_sha256: Empty where the film could not be read.
            labels: The model's.
            analysis: Of the row; an agreement with another model's answer names that model.
        """
        key = ("yes" if film_sha256 in self.key_images else "no",) if self.key_images else ()
        return (*self._answer_values(film_sha256, labels, analysis), *key)

    @property
    def _answer_names(self) -> tuple[str, ...]:
        if not self.answers:
            return ()
        return (*_NAMES, _NOTE) if self.is_identified else _NAMES

    def _answer_values(
        self, film_sha256: str, labels: Sequence[str], analysis: Analysis | None
    ) -> tuple[str | None, ...]:
        answer = self.answers.get(film_sha256)
        if answer is None:
            return (None,) * len(self._answer_names)
        said = (self._words(answer, labels, answer.other_model(analysis)), "yes" if answer.is_blind else "no")
        return (*said, answer.note) if self.is_identified else said

    def _words(self, answer: ReaderAnswer, labels: Sequence[str], other_model: str) -> str:
        if other_model:
            return f"{answer.opinion.value} with {other_model}"
        if answer.opinion is not Opinion.LABEL:
            return answer.opinion.value
        return answer.label if self.is_identified or answer.label in labels else OTHER_LABEL


NO_READER = ReaderColumns()
"""Nobody has read a film of the table."""
