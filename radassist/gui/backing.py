"""What stands behind the window, as plain callables: the window knows no decoder, no network and no table."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # only named here: the window must stand before these are imported
    from radassist.domain.analysis import ModelFacts
    from radassist.domain.archive import Archives
    from radassist.domain.deidentification import DeidentifyOptions
    from radassist.domain.model_sheet import ModelSheet
    from radassist.domain.network_facts import NetworkFacts
    from radassist.domain.node_choice import NodeChoice
    from radassist.domain.threshold_rule import ThresholdRule
    from radassist.domain.worklist import UnfinishedRun, WorklistItem
    from radassist.workflow.deidentify import CopyWriter
    from radassist.workflow.dicom_results import DicomResultWriter
    from radassist.workflow.explain import SharedExplainer
    from radassist.workflow.readings import Readings
    from radassist.workflow.reception import Reception
    from radassist.workflow.second_model import SecondModels
    from radassist.workflow.services import Services

OpenReception = Callable[["NodeChoice", "Services", Callable[[str], None]], AbstractContextManager["Reception"]]
WriteTable = Callable[[Sequence["WorklistItem"], Path, Sequence[str]], None]


@dataclass(frozen=True, slots=True)
class Backing:
    """The real parts behind the window, made once it is painted.

    Attributes:
        services: For the queue; its `make_predictor` blocks until the one inference thread has its model.
        screen: The same for the film on the screen, which goes before the queue.
        load_model: Blocks until the model is loaded and tells of it; raises `ModelUnavailable`.
        write_csv: Writes one row an item that has ended, with columns for these labels; raises `StoreError`.
        write_identified: The same with UIDs and readers' notes; None where nothing is kept.
        close: Ends the inference thread; whether it did in time.
        readings: What readers say of films; None where nothing is kept.
        explainer: Answers why the model scores as it does; None where it cannot be asked.
        sheets: Reads the cards of all models on this machine.
        read_network: Looks through the network of a model, by its id; raises `ModelUnavailable`. None where it cannot.
        change_model: Begins to load the model of that id on that device, without waiting: a queue begun later waits for
            it. What it gives blocks until that model answers; raises `ModelUnavailable`, and then the earlier one goes
            on. None where the model is fixed.
        second_models: Opens another model beside the one that answers, to compare; None where there is none to open.
        decide_by: Blocks until the model decides by that rule, None for its card's threshold, and tells of it; raises
            `UserError` where it cannot. None where the threshold is fixed.
        record_export: Records that a `picture`, `sheet` or `measurements` of the film with this SHA-256 was written,
            with the patient's texts or without; raises `StoreError`.
        unfinished: The queue that the program's last end cut short, if there is one; raises `StoreError`.
        forget_unfinished: Nobody wants it any more; raises `StoreError`.
        make_dicom_writer: Makes what writes results as DICOM objects; slow, so called in a thread. None: it cannot be.
        make_copy_writer: Makes what writes de-identified copies into a folder; slow, so called in a thread.
        archives: Which archive is searched; None where none can be.
        open_reception: Begins to receive films as was chosen, and to make results of them with these services; raises
            `UserError`. None where nothing can be received.
        warning: One sentence on what is missing behind the window; else empty.
    """

    services: "Services"
    screen: "Services"
    load_model: "Callable[[], ModelFacts]"
    write_csv: WriteTable
    close: Callable[[], bool]
    readings: "Readings | None" = None
    explainer: "SharedExplainer | None" = None
    sheets: "Callable[[], tuple[ModelSheet, ...]]" = tuple
    read_network: "Callable[[str], NetworkFacts] | None" = None
    change_model: "Callable[[str, str], Callable[[], ModelFacts]] | None" = None
    decide_by: "Callable[[ThresholdRule | None], ModelFacts] | None" = None
    write_identified: WriteTable | None = None
    second_models: "SecondModels | None" = None
    record_export: Callable[[str, str, bool], None] = lambda what, digest, identified: None
    unfinished: "Callable[[], UnfinishedRun | None]" = lambda: None
    forget_unfinished: Callable[[], None] = lambda: None
    make_dicom_writer: "Callable[[], DicomResultWriter] | None" = None
    make_copy_writer: "Callable[[Path, DeidentifyOptions], CopyWriter] | None" = None
    archives: "Archives | None" = None
    open_reception: "OpenReception | None" = None
    warning: str = ""
