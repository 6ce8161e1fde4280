"""What was found out about one film as files: pictures over the film, values, and one JSON that says what they are.

The folder holds `film.png`, `network_input.png`, a picture and the values of each map, and `explanation.json`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from radassist.domain.analysis import Analysis
from radassist.domain.explanation import ChannelRanking, NetworkPicture
from radassist.domain.lungs import EvidenceLedger
from radassist.domain.robustness import RobustnessStrip
from radassist.domain.trust import TrustMark
from radassist.export.block_images import lay_over, write_values
from radassist.export.files import make_folder, replacing
from radassist.export.pictures import COMMENT, write_picture

JSON_NAME = "explanation.json"
_LONGEST_NAME = 60
_FILM, _INPUT = "film.png", "network_input.png"

Facts = dict[str, object]
"""One object of the JSON file."""


@dataclass(frozen=True, slots=True, eq=False)
class MapFile:
    """One map to be written.

    Attributes:
        kind: How it was made, a word.
        block: Name of the block, empty where it was made from none.
        target: The label it speaks of, empty where it speaks of none.
        values: (h, w) or (3, h, w) float32, raw.
        cell_size: Height and width of a cell in film pixels.
        colours: (h, w, 3) uint8, None where there is nothing to show.
        ledger: Where on the body its positive part lies; None where it has none.
        trust: Whether it can be believed; None where that was not tested.
    """

    kind: str
    block: str
    target: str
    values: NDArray[np.float32]
    cell_size: tuple[float, float]
    colours: NDArray[np.uint8] | None
    ledger: EvidenceLedger | None = None
    trust: TrustMark | None = None

    @property
    def stem(self) -> str:
        """Name of its files, without suffix."""
        return f"{self.block}_{self.kind}" if self.block else self.kind


@dataclass(frozen=True, slots=True, eq=False)
class FilmFiles:
    """All that is written of one film.

    Attributes:
        name: Of the film's file.
        grey: (H, W) uint8, the film as shown.
        robustness: The score under changes that should not matter; None where that was not asked.
    """

    name: str
    grey: NDArray[np.uint8]
    analysis: Analysis
    picture: NetworkPicture
    maps: Sequence[MapFile]
    rankings: Sequence[ChannelRanking] = ()
    robustness: RobustnessStrip | None = None


def write_explanation(files: FilmFiles, folder: Path, *, longest_side: int | None = None) -> None:
    """Write `files` into `folder`, which is made when missing; the JSON is the last, so that it names what is there.

    Args:
        files: What to write.
        folder: Files of the same names are replaced.
        longest_side: Of the pictures over the film, which are shrunk to it where they are larger; None for the film's
            own pixels. Values are never shrunk.

    Raises:
        StoreError: If something cannot be written.
    """
    make_folder(folder)
    grey, scale = _shrunk(files.grey, longest_side)
    write_picture(grey, folder / _FILM)
    write_picture(files.picture.grey, folder / _INPUT)
    for one in files.maps:
        cell_size = (one.cell_size[0] * scale[0], one.cell_size[1] * scale[1])
        write_picture(grey if one.colours is None else lay_over(grey, one.colours, cell_size), _picture(folder, one))
        write_values(one.values, folder / f"{one.stem}.npy")
    _write_json(_film_facts(files), folder)


def film_folder(number: int, name: str) -> str:
    """A folder's name for one of many films: every system takes it, and no two films share it.

    Args:
        number: Of the film among them, from 0.
        name: Of the film's file.
    """
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", Path(name).stem)[:_LONGEST_NAME].strip("._")
    return f"{number + 1:04}_{plain}" if plain else f"{number + 1:04}"


def write_left_out(name: str, status: str, reason: str, folder: Path) -> None:
    """Write only the JSON, for a film there is nothing to say about.

    Args:
        name: Of the film's file.
        status: `refused` or `failed`.
        reason: One sentence.
        folder: Made when missing.

    Raises:
        StoreError: If it cannot be written.
    """
    make_folder(folder)
    _write_json({"film": name, "status": status, "reason": reason, "note": COMMENT}, folder)


def _picture(folder: Path, one: MapFile) -> Path:
    return folder / f"{one.stem}.png"


def _shrunk(grey: NDArray[np.uint8], longest_side: int | None) -> tuple[NDArray[np.uint8], tuple[float, float]]:
    """The film at most so large, and how many of its pixels a film pixel has along each side."""
    factor = longest_side / max(grey.shape) if longest_side else 1.0
    if factor >= 1:
        return grey, (1.0, 1.0)
    height, width = (max(1, round(side * factor)) for side in grey.shape)
    small = np.asarray(Image.fromarray(grey).resize((width, height), Image.Resampling.BOX))
    return small, (height / grey.shape[0], width / grey.shape[1])


def _film_facts(files: FilmFiles) -> Facts:
    analysis, provenance = files.analysis, files.analysis.provenance
    return {
        "film": files.name,
        "sha256": analysis.film_sha256,
        "status": "explained",
        "model": provenance.model,
        "model_sha256": provenance.model_sha256,
        "preprocessing": provenance.preprocessing,
        "device": provenance.device,
        "prediction": _prediction_facts(analysis),
        "warnings": [notice.code for notice in analysis.notices],
        "blocks_alone": [
            {"block": opinion.block, "probability": opinion.probability, "auc": opinion.auc}
            for opinion in analysis.opinions
        ],
        "film_size": list(files.grey.shape),
        "network_input": {
            "picture": _INPUT,
            "size": list(files.picture.grey.shape),
            "outline": [list(corner) for corner in files.picture.outline],
        },
        "maps": [_map_facts(one) for one in files.maps],
        "robustness": None if files.robustness is None else _strip_facts(files.robustness),
        "channels": [_ranking_facts(ranking) for ranking in files.rankings],
        "note": COMMENT,
    }


def _prediction_facts(analysis: Analysis) -> Facts:
    prediction = analysis.prediction
    return {
        "decision": prediction.decision,
        "label": prediction.label,
        "threshold": prediction.threshold,
        "threshold_set_by": prediction.threshold_by,
        "probabilities": dict(zip(prediction.labels, prediction.probabilities, strict=True)),
        "scores": dict(zip(prediction.labels, prediction.scores, strict=True)),
    }


def _map_facts(one: MapFile) -> Facts:
    return {
        "kind": one.kind,
        "block": one.block,
        "target": one.target,
        "picture": f"{one.stem}.png",
        "values": f"{one.stem}.npy",
        "shape": list(one.values.shape),
        "cell_size": list(one.cell_size),
        "lowest": float(one.values.min()),
        "highest": float(one.values.max()),
        "is_empty": one.colours is None,
        "evidence": None if one.ledger is None else _ledger_facts(one.ledger),
        "trust": None if one.trust is None else _trust_facts(one.trust),
    }


def _ledger_facts(ledger: EvidenceLedger) -> Facts:
    return {
        "sentence": ledger.sentence,
        "warns": ledger.warns,
        "lungs_confidence": ledger.confidence,
        "shares": {part.zone.value: part.share for part in ledger.shares},
        "areas": {part.zone.value: part.area for part in ledger.shares},
    }


def _trust_facts(mark: TrustMark) -> Facts:
    return {
        "belief": mark.belief.value,
        "sentence": mark.sentence,
        "under_shuffling": mark.under_shuffling.value,
        "under_small_changes": mark.under_small_changes.value,
        "under_deletion": mark.under_deletion.value,
        "shuffled": mark.shuffled,
        "cascade": {step.stage: step.correlation for step in mark.cascade},
        "shift": mark.shift,
        "noise": mark.noise,
        "edges": mark.edges,
        "deletion": {"area": mark.deletion.area, "probabilities": list(mark.deletion.probabilities)},
        "insertion": {"area": mark.insertion.area, "probabilities": list(mark.insertion.probabilities)},
        "random_order": {"area": mark.random.area, "probabilities": list(mark.random.probabilities)},
    }


def _strip_facts(strip: RobustnessStrip) -> Facts:
    return {
        "sentence": strip.sentence,
        "warns": strip.warns,
        "lowest": strip.lowest,
        "highest": strip.highest,
        "variants": [
            {
                "variation": found.variation.value,
                "film": found.title,
                "probability": found.prediction.positive_probability,
                "decision": found.prediction.decision,
            }
            for found in strip.variants
        ],
    }


def _ranking_facts(ranking: ChannelRanking) -> Facts:
    return {
        "block": ranking.block.name,
        "rule": ranking.rule.value,
        "target": ranking.target,
        "order": list(ranking.order),
        "values": [float(value) for value in ranking.values],
    }


def _write_json(facts: Facts, folder: Path) -> None:
    """ASCII only: names of files may be no text."""
    with replacing(folder / JSON_NAME) as file:
        json.dump(facts, file, indent=2, allow_nan=False)
        file.write("\n")
