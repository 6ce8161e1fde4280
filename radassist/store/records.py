"""A worklist item that has ended, as one line of JSON and back, without loss: numbers and texts come back bit for bit.

Of the header only what tables show is kept: no name, no number of a patient, no date, no description.
"""

import json
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from radassist.domain.analysis import Analysis, Prediction, Provenance
from radassist.domain.geometry import Geometry
from radassist.domain.radiograph import Notice
from radassist.domain.study import Identity
from radassist.domain.worklist import ItemState, WorklistItem

_KEPT_OF_IDENTITY = ("study_uid", "series_uid", "instance_uid", "age_years", "sex", "modality", "view")


def to_record(item: WorklistItem) -> str:
    """The outcome of `item`, which has ended. ASCII, so that names that are no text survive as escapes."""
    record = {
        "reason": item.reason,
        "sha256": item.film_sha256,
        "notices": [[notice.code, notice.sentence] for notice in item.notices],
        "identity": _plain_identity(item.identity),
        "analysis": _plain_analysis(item.analysis),
    }
    return json.dumps(record, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def with_record(item: WorklistItem, state: ItemState, record: str) -> WorklistItem:
    """`item`, whatever its state, as it was when it ended in `state` and gave `record`."""
    plain = json.loads(record)
    notices = tuple(Notice(code, sentence) for code, sentence in plain["notices"])
    return replace(
        item,
        state=state,
        reason=plain["reason"],
        film_sha256=plain["sha256"],
        notices=notices,
        identity=_identity(item, plain["identity"]),
        analysis=_analysis(plain["analysis"], plain["sha256"], notices),
    )


def _plain_identity(identity: Identity | None) -> dict[str, Any] | None:
    return None if identity is None else {name: getattr(identity, name) for name in _KEPT_OF_IDENTITY}


def _identity(item: WorklistItem, plain: dict[str, Any] | None) -> Identity | None:
    """What was kept, and beside it what the item already knows of its header."""
    return item.identity if plain is None else replace(item.identity or Identity(), **plain)


def _plain_analysis(analysis: Analysis | None) -> dict[str, Any] | None:
    if analysis is None:
        return None
    provenance = _fields(analysis.provenance) | {"finished_at": analysis.provenance.finished_at.isoformat()}
    return {
        "prediction": _fields(analysis.prediction),
        "provenance": provenance,
        "geometry": _fields(analysis.geometry),
    }


def _fields(value: Prediction | Provenance | Geometry) -> dict[str, Any]:
    """As `dataclasses.asdict`, which copies every number it meets."""
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _analysis(plain: dict[str, Any] | None, sha256: str, notices: tuple[Notice, ...]) -> Analysis | None:
    if plain is None:
        return None
    provenance = plain["provenance"] | {"finished_at": datetime.fromisoformat(plain["provenance"]["finished_at"])}
    return Analysis(
        film_sha256=sha256,
        prediction=Prediction(**_with_tuples(plain["prediction"])),
        provenance=Provenance(**provenance),
        notices=notices,
        geometry=Geometry(**_with_tuples(plain["geometry"])),
    )


def _with_tuples(plain: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
