"""The window's composition root: the one place that joins the widgets, the presenter and the real parts behind them."""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from radassist.domain.analysis import ModelFacts
from radassist.domain.errors import StoreError, UserError
from radassist.domain.threshold_rule import ThresholdRule
from radassist.domain.worklist import WorklistItem
from radassist.gui.backing import Backing
from radassist.gui.blocks.blocks_state import BlocksState
from radassist.gui.errors import install_excepthook
from radassist.gui.garbage import GarbageCollector
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.gui.theme import apply_theme, load_theme, theme_name
from radassist.gui.widgets import key_priority

if TYPE_CHECKING:
    from radassist.workflow.explain import SharedExplainer
    from radassist.workflow.inference_thread import InferenceThread
    from radassist.workflow.second_model import SecondModels
    from radassist.workflow.services import Predictor

_PULSE_MS = 200
_MODELS_CLOSE_SECONDS = 2.0
_LOG = logging.getLogger(__name__)

RuleFor = Callable[[ModelFacts], ThresholdRule | None]


def run_window(
    paths: Sequence[Path] = (),
    items: Sequence[WorklistItem] = (),
    model: str | None = None,
    device: str = "auto",
    *,
    thumbnails: Mapping[int, NDArray[np.uint8]] = MappingProxyType({}),
    on_painted: Callable[[], None] | None = None,
) -> int:
    """Show the window until it is closed.

    Args:
        paths: Files and folders to open.
        items: Films already on the worklist, with whatever answers they have.
        model: Id or folder of the model, None for the default one.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        thumbnails: (h, w) grey of the films of `items`, by item number.
        on_painted: Called when the window stands on the screen, before anything heavy is imported.

    Returns:
        The exit code.
    """
    application = _application()
    settings = WindowSettings()
    window, presenter = _bare_window(application, settings)
    if on_painted:
        window.painted.connect(on_painted)
    window.painted.connect(partial(_furnish, application, window, presenter, settings))
    window.painted.connect(partial(presenter.add_items, items, thumbnails))
    window.painted.connect(partial(presenter.open_paths, paths))
    window.painted.connect(partial(presenter.start, partial(_chosen_backing, model, device, settings)))
    collector = GarbageCollector(window)
    with _closed_by_ctrl_c(window):
        window.show()
        code = application.exec()
    collector.close()
    if not presenter.shut_down():
        # Python would wait at its exit for a thread that hangs, on a folder of a network that is gone for instance.
        logging.shutdown()
        os._exit(code)
    return code


def make_window(application: QApplication, settings: WindowSettings) -> tuple[MainWindow, Presenter]:
    """The window with its presenter, as remembered in `settings`; not shown yet and with nothing heavy behind it."""
    window, presenter = _bare_window(application, settings)
    _furnish(application, window, presenter, settings)
    return window, presenter


def _bare_window(application: QApplication, settings: WindowSettings) -> tuple[MainWindow, Presenter]:
    """What is seen first, in its place; its features are imported and added once it stands on the screen."""
    theme = load_theme(theme_name(settings.theme))
    apply_theme(application, theme)
    window = MainWindow(theme)
    presenter = Presenter(window, settings)
    install_excepthook(window.message_bar.say)
    window.restore_places(settings.geometry, settings.layout)
    return window, presenter


def _furnish(application: QApplication, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
    from radassist.gui.features import add_features
    from radassist.gui.intents import Intents

    Intents(window, presenter, settings).watch_keys(application)
    add_features(window, presenter, settings)
    key_priority.install(application)
    window.blocks.restore(BlocksState.from_text(settings.text("blocks", "")))
    window.closing.connect(partial(_on_closing, window, presenter, settings))


def make_backing(model: str | None, device: str, rule_for: RuleFor = lambda facts: None) -> Backing:
    """The real decoders, model, results and table writer; the model is loaded when first asked for.

    Slow, since it imports the decoders: not for the GUI thread.

    Args:
        model: As for `run_window`.
        device: Likewise.
        rule_for: The rule that chooses the threshold of a model; None for its card's.
    """
    from radassist.wiring import (
        list_sheets,
        make_archives,
        make_copy_writer,
        make_dicom_writer,
        make_explainer,
        make_predictor,
        make_services,
        open_reception,
        read_network,
        write_results,
    )
    from radassist.workflow.explain import SharedExplainer
    from radassist.workflow.inference_thread import InferenceThread
    from radassist.workflow.second_model import SecondModels

    services = make_services(model, device)
    thread = InferenceThread(partial(_with_rule, services.make_predictor, rule_for))
    explainer = SharedExplainer(thread, partial(make_explainer, model))
    second = SecondModels(lambda other: _with_rule(partial(make_predictor, other, device), rule_for), make_explainer)
    backing = Backing(
        services=replace(services, make_predictor=partial(_loaded, thread), model_ready=thread.ready),
        screen=replace(services, make_predictor=lambda: thread.urgent),
        load_model=lambda: thread.facts,
        write_csv=lambda items, target, labels: write_results(items, target, labels=labels),
        close=partial(_close_all, thread, second),
        sheets=list_sheets,
        read_network=read_network,
        explainer=explainer,
        change_model=partial(_change_model, thread, explainer, rule_for),
        decide_by=partial(_decide_by, thread, explainer),
        make_dicom_writer=make_dicom_writer,
        open_reception=open_reception,
        make_copy_writer=make_copy_writer,
        second_models=second,
        archives=make_archives(),
    )
    return _with_results(backing)


def _close_all(thread: "InferenceThread", second: "SecondModels", seconds: float = _MODELS_CLOSE_SECONDS) -> bool:
    """End both at the same time; whether they did within so many seconds."""
    deadline = time.monotonic() + seconds
    thread.close(0.0)  # tells it, and does not wait yet
    has_second_ended = second.close(seconds)
    return thread.close(max(0.0, deadline - time.monotonic())) and has_second_ended


def _with_rule(make_predictor: "Callable[[], Predictor]", rule_for: RuleFor) -> "Predictor":
    """A loaded model that decides by the rule chosen for it here; by its card where that rule does not suit it."""
    from radassist.wiring import decide_by

    predictor = make_predictor()
    try:
        decide_by(rule_for(predictor.facts), predictor)
    except UserError:
        _LOG.warning("the threshold chosen here does not suit the model; its card's is in force")
    return predictor


def _change_model(
    thread: "InferenceThread", explainer: "SharedExplainer", rule_for: RuleFor, model: str, device: str
) -> Callable[[], ModelFacts]:
    def load() -> "Predictor":
        from radassist.wiring import make_explainer, make_predictor

        predictor = _with_rule(partial(make_predictor, model, device), rule_for)
        # Here, in the inference thread: no question can come between the new model and its own explainer.
        explainer.ask_from_now_on(partial(make_explainer, model))
        return predictor

    loading = thread.change(load)
    return lambda: loading.result().facts


def _decide_by(thread: "InferenceThread", explainer: "SharedExplainer", rule: ThresholdRule | None) -> ModelFacts:
    from radassist.wiring import decide_by

    def decide(predictor: "Predictor") -> ModelFacts:
        facts = decide_by(rule, predictor)
        explainer.forget()
        return facts

    return thread.call(decide).result()


def _chosen_backing(model: str | None, device: str, settings: WindowSettings) -> Backing:
    """What the command line names, else what was chosen last; a model that is gone gives way to the default one."""
    from radassist.wiring import is_model

    if model or not settings.model:
        return make_backing(model, device, settings.threshold_rule)
    device = settings.device if device == "auto" else device
    if is_model(settings.model):
        return make_backing(settings.model, device, settings.threshold_rule)
    backing = make_backing(None, device, settings.threshold_rule)
    gone = f"The model {settings.model} chosen last is not on this machine any more; the default model answers."
    return replace(backing, warning=" ".join(filter(None, (backing.warning, gone))))


def _with_results(backing: Backing) -> Backing:
    """`backing` with a queue that keeps its results; where they cannot be kept it says so, and works without."""
    from radassist.export.audit import Act
    from radassist.store.results import RunKind
    from radassist.wiring import make_audit, open_results, record_film_export, write_results
    from radassist.workflow.audited import AuditedLoader, AuditedRuns, record_model
    from radassist.workflow.readings import AuditedReadings
    from radassist.workflow.screen_results import ScreenResults

    try:
        trail = make_audit()
        results = open_results()
    except StoreError as error:
        return replace(backing, warning=f"{error} Films are scored all the same; export them before you leave.")

    def decide(rule: ThresholdRule | None) -> ModelFacts:
        assert backing.decide_by is not None
        facts = backing.decide_by(rule)
        record_model(trail, Act.THRESHOLD_SET, facts)
        return facts

    def close() -> bool:
        has_ended = backing.close()
        results.close()
        return has_ended

    return replace(
        backing,
        services=replace(backing.services, begin_run=AuditedRuns(partial(results.begin, kind=RunKind.WINDOW), trail)),
        screen=replace(
            backing.screen,
            loader=AuditedLoader(backing.screen.loader, trail),
            keep=ScreenResults(AuditedRuns(partial(results.begin, kind=RunKind.SCREEN), trail)),
        ),
        write_csv=lambda items, target, labels: write_results(items, target, labels=labels, readings=results.readings),
        write_identified=lambda items, target, labels: write_results(
            items, target, labels=labels, readings=results.readings, identified=True
        ),
        close=close,
        decide_by=decide,
        readings=AuditedReadings(results.readings, trail),
        record_export=record_film_export,
        unfinished=partial(results.last_unfinished, RunKind.WINDOW),
        forget_unfinished=partial(results.close_runs, RunKind.WINDOW),
        warning=results.notice,
    )


def _loaded(thread: "InferenceThread") -> "Predictor":
    """The thread, once its model is loaded: a queue without a model must not begin, lest every film fails."""
    thread.start_loading().result()
    return thread


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    application = QApplication(sys.argv[:1])
    application.setApplicationName("radassist")
    application.setDesktopFileName("radassist")
    return application


def _on_closing(window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
    geometry, layout = window.saveGeometry(), window.saveState()  # a hidden window has no places to save
    window.hide()
    presenter.shut_down()
    settings.geometry, settings.layout = geometry, layout
    settings.set_text("blocks", window.blocks.state().to_text())
    settings.save()


@contextmanager
def _closed_by_ctrl_c(window: MainWindow) -> Iterator[None]:
    """Let Ctrl+C in the terminal close the window: Python sees signals only while it runs, so a timer wakes it."""
    before = signal.signal(signal.SIGINT, lambda *_: window.close())
    pulse = QTimer()
    pulse.timeout.connect(lambda: None)
    pulse.start(_PULSE_MS)
    try:
        yield
    finally:
        pulse.stop()
        signal.signal(signal.SIGINT, before)
