"""The track record of a model on disk: `validation.json` beside its weights, with its digest in the card."""

import hashlib
import json
from pathlib import Path

from radassist.domain.errors import ModelUnavailable
from radassist.domain.track_record import TrackRecord
from radassist.networks.card import TRACK_RECORD_NAME, ModelCard
from radassist.networks.storage import write_together

_DECIMALS = 6


def save_track_record(record: TrackRecord, folder: Path) -> str:
    """Write `record` into a model's folder; the SHA-256 of its file, which is returned, belongs into the card.

    Raises:
        StoreError: If the folder cannot be written.
    """
    plain = {name: [round(each, _DECIMALS) for each in getattr(record, name)] for name in ("positive", "negative")}
    data = json.dumps(plain, indent=0).encode() + b"\n"
    write_together(folder, {TRACK_RECORD_NAME: data})
    return hashlib.sha256(data).hexdigest()


def load_track_record(folder: Path, card: ModelCard) -> TrackRecord | None:
    """The track record of the model in `folder`, None where its card names none.

    Raises:
        ModelUnavailable: If the file is missing, is another than the card describes, or holds none.
    """
    if card.track_record is None:
        return None
    try:
        data = (folder / TRACK_RECORD_NAME).read_bytes()
    except OSError as error:
        reason = error.strerror or error
        raise ModelUnavailable(f"The track record of model {card.id} cannot be read: {reason}.") from error
    if hashlib.sha256(data).hexdigest() != card.track_record.sha256:
        raise ModelUnavailable(f"The track record of model {card.id} is not the one its card describes.")
    try:
        plain = json.loads(data)
        return TrackRecord(tuple(plain["positive"]), tuple(plain["negative"]))
    except (ValueError, TypeError, KeyError) as error:
        raise ModelUnavailable(f"The track record of model {card.id} holds no probabilities of both labels.") from error
