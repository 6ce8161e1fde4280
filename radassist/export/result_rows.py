"""What a table says of one film: columns, their order, and the values of a worklist item; not how they are written."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from decimal import Decimal

from radassist.domain.analysis import Analysis
from radassist.domain.radiograph import Notice
from radassist.domain.study import Identity
from radassist.domain.worklist import FINAL_STATES, WorklistItem
from radassist.export.keys import KeyHasher
from radassist.export.reader_columns import NO_READER, ReaderColumns

Value = str | Decimal | None
"""Text as it is, a number with as many decimals as it is written with, or nothing."""

_BEFORE_LABELS = (
    "path", "sha256", "status", "reason", "prediction", "confidence", "decision", "threshold",
)  # fmt: skip
_AFTER_LABELS = (
    "warnings", "modality", "view", "age", "study_key", "series_key", "instance_key", "model", "model_sha256",
    "preprocessing", "device", "decode_ms", "predict_ms", "finished_at", "threshold_set_by",
)  # fmt: skip

_PROBABILITY = Decimal("0.000001")
_MILLISECONDS = Decimal("0.1")
_YEARS = Decimal("0.01")


def columns(labels: Sequence[str], reader: ReaderColumns = NO_READER) -> tuple[str, ...]:
    """Names of the columns, in order, for a model with these labels; the reader's are the last."""
    return (*_BEFORE_LABELS, *(f"p_{label}" for label in labels), *_AFTER_LABELS, *reader.names)


def rows(
    items: Iterable[WorklistItem], labels: Sequence[str], keys: KeyHasher, reader: ReaderColumns = NO_READER
) -> Iterator[tuple[Value, ...]]:
    """One row of values an item that has ended, in the order of `columns(labels, reader)`, sorted by path."""
    ended = (item for item in items if item.state in FINAL_STATES)
    for item in sorted(ended, key=lambda item: str(item.source)):
        yield (
            *_film_values(item),
            *_answer_values(item.analysis, labels),
            *_header_values(item.notices, item.identity or Identity(), keys),
            *_provenance_values(item.analysis),
            *reader.values(item.film_sha256, labels, item.analysis),
        )


def _film_values(item: WorklistItem) -> tuple[Value, ...]:
    return str(item.source), item.film_sha256, item.state.value, item.reason


def _answer_values(analysis: Analysis | None, labels: Sequence[str]) -> tuple[Value, ...]:
    if analysis is None:
        return (None,) * (4 + len(labels))
    prediction = analysis.prediction
    by_label = dict(zip(prediction.labels, prediction.probabilities, strict=True))
    return (
        prediction.label,
        as_probability(prediction.confidence),
        prediction.decision,
        as_probability(prediction.threshold),
        *(as_probability(by_label[label]) if label in by_label else None for label in labels),
    )


def _header_values(notices: Sequence[Notice], identity: Identity, keys: KeyHasher) -> tuple[Value, ...]:
    return (
        "; ".join(notice.code for notice in notices),
        identity.modality,
        identity.view,
        None if identity.age_years is None else Decimal(identity.age_years).quantize(_YEARS).normalize(),
        keys.key(identity.study_uid),
        keys.key(identity.series_uid),
        keys.key(identity.instance_uid),
    )


def _provenance_values(analysis: Analysis | None) -> tuple[Value, ...]:
    if analysis is None:
        return (None,) * 8
    provenance = analysis.provenance
    return (
        provenance.model,
        provenance.model_sha256,
        provenance.preprocessing,
        provenance.device,
        Decimal(provenance.decode_ms).quantize(_MILLISECONDS),
        Decimal(provenance.predict_ms).quantize(_MILLISECONDS),
        provenance.finished_at.astimezone(UTC).isoformat(timespec="milliseconds"),
        analysis.prediction.threshold_by,
    )


def as_probability(value: float) -> Decimal:
    """`value` with the decimals it is written with."""
    return Decimal(value).quantize(_PROBABILITY)
