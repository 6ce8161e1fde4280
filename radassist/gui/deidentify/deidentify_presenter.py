"""The act that writes de-identified copies of the film on the screen, or of the films listed."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from radassist.domain.cancellation import CancelToken
from radassist.domain.deidentification import DeidentifyOptions, DeidentifyStep, Outcome
from radassist.domain.worklist import WorklistItem
from radassist.gui.backing import Backing
from radassist.gui.deidentify.deidentify_dialog import CopyChoice, DeidentifyDialog
from radassist.gui.jobs import Job, Lane
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.gui.widgets import dialogs
from radassist.gui.widgets.job_progress import JobProgress
from radassist.gui.widgets.scope_box import Scope
from radassist.workflow.deidentify import CopyWriter, deidentify

MakeWriter = Callable[[Path, DeidentifyOptions], CopyWriter]

_SETTING = "results/deidentified"
_HIDDEN = (
    "The results would tell you what the model says of films you have not answered yet: answer them, or copy the films "
    "without results."
)


class DeidentifyPresenter(QObject):
    """Connects *De-identified copies*; the choice is remembered, but not that somebody looked at the films."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings
        window.actions_by_id.connect({"deidentify": self.ask})

    def ask(self) -> None:
        """Ask what is wanted, then for a folder."""
        films = {scope: len(self._presenter.films_in(scope)) for scope in Scope}
        if any(films.values()):
            choice = CopyChoice.from_text(self._settings.text(_SETTING, ""))
            dialog = DeidentifyDialog(choice, films, self._window)
            dialog.save_requested.connect(self._choose_folder)
            dialog.open()

    def save(self, choice: CopyChoice, folder: Path) -> Job | None:
        """Write the copies into `folder`, in a thread; None where there is nothing that may be written."""
        backing, items = self._presenter.backing, self._presenter.films_in(choice.scope)
        make_writer = backing.make_copy_writer if backing else None
        if backing is None or make_writer is None or not items:
            return None
        if choice.options.with_results and self._presenter.hides_any(items):
            self._window.message_bar.say(_HIDDEN)
            return None
        self._settings.set_text(_SETTING, choice.to_text())
        steps = partial(_copy, items, choice.options, partial(make_writer, folder, choice.options), backing)
        job = self._presenter.runner.start(steps, lane=Lane.EXPORT)
        progress = JobProgress(job, "Writing de-identified copies …", self._window)
        ended: Counter[Outcome | None] = Counter()
        job.stepped.connect(lambda step: progress.show_step(step.done, step.total))
        job.stepped.connect(lambda step: ended.update([step.outcome]))
        job.succeeded.connect(lambda _: self._window.message_bar.say(_ended_words(ended, folder)))
        job.cancelled.connect(lambda: self._window.message_bar.say(f"Stopped: {_ended_words(ended, folder)}"))
        job.failed.connect(self._presenter.report)
        return job

    def _choose_folder(self, choice: CopyChoice) -> None:
        folder = dialogs.choose_folder(self._window, self._settings, "Write de-identified copies to")
        if folder:
            self.save(choice, folder)


def _copy(
    items: Sequence[WorklistItem],
    options: DeidentifyOptions,
    make_writer: Callable[[], CopyWriter],
    backing: Backing,
    cancel: CancelToken,
) -> Iterator[DeidentifyStep]:
    for step in deidentify(items, options, backing.services, make_writer(), cancel):
        if step.outcome is Outcome.WRITTEN:
            backing.record_export("de-identified copy", step.film_sha256, False)
        yield step


def _ended_words(ended: "Counter[Outcome | None]", folder: Path) -> str:
    """How many there are, and how many were left out and why."""
    written = ended[Outcome.WRITTEN]
    parts = ["1 copy is" if written == 1 else f"{written} copies are"]
    left = [f"{ended[each]} {each.value}" for each in Outcome if each is not Outcome.WRITTEN and ended[each]]
    return "; ".join((f"{parts[0]} in {folder.name}", *left)) + "."
