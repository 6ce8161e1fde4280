"""Joins the real parts behind the use cases: decoders, model and tables. Knows no window."""

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from radassist import paths
from radassist.dicomnet.archives import ChosenArchive
from radassist.dicomnet.outbox import Outbox
from radassist.domain.analysis import ModelFacts
from radassist.domain.archive import Archive
from radassist.domain.deidentification import DeidentifyOptions
from radassist.domain.dicom_results import DicomKind
from radassist.domain.errors import ModelUnavailable
from radassist.domain.network_facts import NetworkFacts
from radassist.domain.node_choice import NodeChoice
from radassist.domain.precision import Precision
from radassist.domain.threshold_rule import ThresholdRule
from radassist.domain.worklist import WorklistItem
from radassist.export.audit import Act, AuditTrail
from radassist.export.csv_table import write_csv
from radassist.export.json_table import write_json
from radassist.export.keys import KeyHasher, PlainKeys, SaltedKeys, user_salt
from radassist.export.reader_columns import NO_READER, ReaderColumns
from radassist.imaging.decoding import DecoderPool
from radassist.imaging.discovery import discover
from radassist.inference.device import require_torch
from radassist.inference.predictor import ModelPredictor, load_predictor
from radassist.inference.source_digest import scoring_code as scoring_code
from radassist.networks.card import read_card
from radassist.networks.catalogue import default_model_id, find_model
from radassist.networks.sheet import list_sheets as list_sheets
from radassist.store.database import Database
from radassist.store.key_images import KeyImageFile
from radassist.store.results import ResultStore
from radassist.workflow.readings import Readings
from radassist.workflow.reception import Reception
from radassist.workflow.returned_results import USUAL_KINDS, ReturnedResults
from radassist.workflow.services import Predictor, Services

if TYPE_CHECKING:
    from radassist.explain.explainer import NetworkExplainer
    from radassist.explain.model_explainer import ModelExplainer
    from radassist.export.deidentified.files import DeidentifiedFiles
    from radassist.export.dicom.write import DicomFiles

_BATCH_SIZE = 8
_BATCHES_AHEAD = 4
_READER = "radassist.inference.film_reader"


def make_services(
    model: str | None = None,
    device: str = "auto",
    precision: Precision = Precision.FLOAT32,
    rule: ThresholdRule | None = None,
) -> Services:
    """The real services; their decoders start at once, the model is loaded when first asked for.

    Whoever calls this closes `loader`.

    Args:
        model: Id or folder, None for the default model.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        precision: Of the network's arithmetic on the CPU.
        rule: Chooses the threshold in force; None for that of the card.
    """
    pool = DecoderPool(reader=_READER)
    pool.start()
    return Services(
        discover=discover,
        loader=pool,
        make_predictor=partial(make_predictor, model, device, precision, rule),
        batch_size=_BATCH_SIZE,
        films_ahead=_BATCHES_AHEAD * _BATCH_SIZE + 2 * (os.cpu_count() or 1),
    )


def make_explainer(model: str | None, predictor: Predictor) -> "ModelExplainer":
    """What answers why, for the model that `predictor` loaded as `model`.

    The network is loaded a second time, with torch, when something is asked for the first time that scores cannot tell.

    Raises:
        ModelUnavailable: If the model is not there any more, or is another one by now.
    """
    from radassist.explain.model_explainer import ModelExplainer

    assert isinstance(predictor, ModelPredictor)  # nothing here makes another
    card = read_card(find_model(model or default_model_id()))
    if card.weights_sha256 != predictor.facts.sha256:
        raise ModelUnavailable(f"Model {card.id} has changed since it was loaded; start the program again.")
    return ModelExplainer(card, predictor, partial(_open_network, model, card.weights_sha256))


def _open_network(model: str | None, weights_sha256: str) -> "NetworkExplainer":
    from radassist.explain.explainer import NetworkExplainer  # imports torch: a second or two
    from radassist.explain.open_model import open_model

    return NetworkExplainer(open_model(model, weights_sha256=weights_sha256))


def make_dicom_writer() -> "DicomFiles":
    """What writes results as DICOM objects; imports highdicom, which takes a second."""
    from radassist.export.dicom.write import DicomFiles

    return DicomFiles()


def read_network(model: str) -> NetworkFacts:
    """What the network of the model of that id is made of; loads its weights, which are let go again.

    Raises:
        ModelUnavailable: If it cannot be loaded.
    """
    require_torch("Layer tables")
    from radassist.networks.inspection import network_facts  # imports torch
    from radassist.networks.weights import load_network

    loaded = load_network(model)
    return network_facts(loaded.card, loaded.network)


def make_copy_writer(folder: Path, options: DeidentifyOptions) -> "DeidentifiedFiles":
    """What writes de-identified copies into `folder`, with this user's pseudonyms; imports highdicom.

    Raises:
        StoreError: If the salt of the pseudonyms can be neither read nor made.
    """
    from radassist.export.deidentified.files import DeidentifiedFiles
    from radassist.export.deidentified.pseudonyms import Pseudonyms

    return DeidentifiedFiles(folder, options, Pseudonyms(user_salt(paths.user_data_dir())))


def make_archives() -> ChosenArchive:
    """The archive this user chose, if any; nothing connects before it is asked."""
    return ChosenArchive(paths.archive_file(), paths.retrieved_dir())


def open_archive(folder: Path | None, password: str) -> Archive:
    """The archive this user chose; what it hands over goes below `folder`, or to the program's own place.

    Raises:
        ArchiveProblem: If none was chosen.
        StoreError: If the choice cannot be read.
    """
    return ChosenArchive(paths.archive_file(), folder or paths.retrieved_dir()).open(password)


def is_model(model: str) -> bool:
    """Whether there is a model of that id, or in that folder, on this machine."""
    try:
        find_model(model)
    except ModelUnavailable:
        return False
    return True


def make_predictor(
    model: str | None, device: str, precision: Precision = Precision.FLOAT32, rule: ThresholdRule | None = None
) -> Predictor:
    """A loaded model; slow. The arguments are those of `make_services`.

    Raises:
        ModelUnavailable: If there is no such model or device.
        UserError: If `rule` asks for what the model cannot tell.
    """
    predictor = load_predictor(model, device, precision)
    predictor.decide_by(rule)
    return predictor


def decide_by(rule: ThresholdRule | None, predictor: Predictor) -> ModelFacts:
    """Let a loaded model decide at the threshold `rule` asks for; None for that of its card.

    Raises:
        UserError: If `rule` asks for what the model cannot tell.
    """
    if isinstance(predictor, ModelPredictor):
        predictor.decide_by(rule)
    return predictor.facts


def write_results(
    items: Sequence[WorklistItem],
    target: Path,
    *,
    labels: Sequence[str] = (),
    readings: Readings | None = None,
    identified: bool = False,
) -> None:
    """Write one row an item that has ended: JSON where `target` ends in `.json`, else CSV.

    Args:
        items: As for `csv_table.write_csv`.
        target: Replaced if it exists.
        labels: The model's; labels that only the items' answers know are added.
        readings: Where answers of readers are looked up.
        identified: Write UIDs instead of salted keys, and readers' notes.

    Raises:
        StoreError: If `target` or the salt of the keys cannot be written.
    """
    write = write_json if target.suffix.lower() == ".json" else write_csv
    reader = reader_columns(items, readings, identified=identified) if readings else NO_READER
    write(items, target, labels=_all_labels(items, labels), keys=make_keys(identified=identified), reader=reader)
    record_export(len(items), identified=identified)


def reader_columns(items: Sequence[WorklistItem], readings: Readings, *, identified: bool = False) -> ReaderColumns:
    """What readers said of `items`, for a table.

    Raises:
        StoreError: If it cannot be looked up.
    """
    films = [item.film_sha256 for item in items if item.film_sha256]
    keys = KeyImageFile(paths.key_images_file()).load() & frozenset(films)
    return ReaderColumns(readings.latest_of(films), is_identified=identified, key_images=keys)


def open_results(precision: Precision = Precision.FLOAT32) -> ResultStore:
    """This user's runs and results; whoever calls this closes it.

    Args:
        precision: Results of another one are not used again.

    Raises:
        StoreError: If they can be neither read nor made.
    """
    return ResultStore(Database(paths.results_file()), scoring_code(precision))


def make_returned_results(
    outbox: Outbox, kinds: Collection[DicomKind], services: Services, tell: Callable[[str], None]
) -> ReturnedResults:
    """What makes results of received films and lays them into `outbox`; arguments as of `ReturnedResults`."""

    def record(digest: str) -> None:
        record_film_export("dicom", digest, True)

    return ReturnedResults(outbox, kinds, services, make_dicom_writer(), record, tell)


@contextmanager
def open_reception(choice: NodeChoice, services: Services, tell: Callable[[str], None]) -> Iterator[Reception]:
    """Receive films as `choice` says until the block ends; reports and pictures go back where it says so.

    Args:
        choice: How.
        services: Read and score films again for the pictures.
        tell: Takes sentences for the user, from any thread.

    Raises:
        UserError: If that cannot be done.
    """
    from radassist.dicomnet.node import NodeSettings
    from radassist.dicomnet.peers import find_peer
    from radassist.dicomnet.station import StationPlan, running_station

    settings = NodeSettings(choice.title, choice.callers, choice.host, choice.port)
    peer = find_peer(choice.send_to, paths.peers_file()) if choice.send_to else None
    with running_station(StationPlan(settings, paths.node_dir(), peer=peer), tell) as station:
        outbox = station.outbox
        results = make_returned_results(outbox, USUAL_KINDS, services, tell) if outbox else None
        yield Reception(f"{choice.title} at {choice.host}:{station.port}", station.spool.take_new, results)


def make_audit() -> AuditTrail:
    """This user's record of what was opened, scored and exported.

    Raises:
        StoreError: If the salt of its keys can be neither read nor made.
    """
    return AuditTrail(paths.audit_file(), make_keys())


def record_export(rows: int, *, identified: bool = False) -> None:
    """Record that a table was written; raises `StoreError` where that cannot be."""
    make_audit().record(Act.EXPORTED, rows=rows, keys="plain" if identified else "salted")


def record_film_export(what: str, digest: str, identified: bool) -> None:
    """Record that `what` was written of the film with this SHA-256; raises `StoreError` where that cannot be."""
    make_audit().record_film(Act.EXPORTED, digest, what=what, keys="plain" if identified else "salted")


def make_keys(*, identified: bool = False) -> KeyHasher:
    """How tables name studies: this user's salted keys, or the UIDs themselves.

    Raises:
        StoreError: If the user's salt can be neither read nor made.
    """
    return PlainKeys() if identified else SaltedKeys(user_salt(paths.user_data_dir()))


def _all_labels(items: Sequence[WorklistItem], labels: Sequence[str]) -> tuple[str, ...]:
    known = (label for item in items if item.analysis for label in item.analysis.prediction.labels)
    return tuple(dict.fromkeys((*labels, *known)))
