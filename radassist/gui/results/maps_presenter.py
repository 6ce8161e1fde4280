"""The act that saves maps of every scored film of the list, as `radassist explain` does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from radassist.domain.analysis import ModelFacts
from radassist.domain.cancellation import CancelToken
from radassist.domain.explanation import SaliencyMethod
from radassist.domain.study import FilmSource
from radassist.domain.worklist import WorklistItem
from radassist.gui.backing import Backing
from radassist.gui.jobs import Job, Lane
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.gui.settings import WindowSettings
from radassist.gui.widgets import dialogs
from radassist.gui.widgets.job_progress import JobProgress
from radassist.gui.widgets.scope_box import Scope
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.explain_in_turn import ExplainerInTurn

_NO_SCORE = "There is no scored film whose maps could be saved."
_HIDDEN = (
    "The maps would tell you what the model says of films you have not answered yet: answer them, or end blind-first"
    " reading, and save them then."
)
_LONGEST_SIDE = 1024


@dataclass(frozen=True, slots=True)
class MapsStep:
    """One more map is there, or one more film has ended.

    Attributes:
        done, total: Parts of the work, equally many a film.
        ended: Films that are done.
        left_out: Those of them that could not be explained.
    """

    done: int
    total: int
    ended: int
    left_out: int


class MapsPresenter(QObject):
    """Connects *Explain all films*."""

    def __init__(self, window: MainWindow, presenter: Presenter, settings: WindowSettings) -> None:
        super().__init__(window)
        self._window, self._presenter, self._settings = window, presenter, settings
        window.actions_by_id.connect({"explain_all": self.ask})

    def ask(self) -> None:
        """Ask for a folder, then explain every scored film of the list into it."""
        if not self._items():
            self._window.message_bar.say(_NO_SCORE)
            return
        folder = dialogs.choose_folder(self._window, self._settings, "Save maps of all films in")
        if folder:
            self.save(folder)

    def save(self, folder: Path) -> Job | None:
        """Write maps into a folder a film in `folder`, in a thread; None where there is nothing that may be written."""
        backing, items, facts = self._presenter.backing, self._items(), self._presenter.facts
        if backing is None or backing.explainer is None or facts is None or not items:
            return None
        if self._presenter.hides_any(items):
            self._window.message_bar.say(_HIDDEN)
            return None
        sources = [item.source for item in items]
        work = partial(_explain, sources, folder, facts, backing, backing.explainer)
        job = self._presenter.runner.start(work, lane=Lane.EXPORT)
        progress = JobProgress(job, "Explaining films …", self._window)
        steps: list[MapsStep] = [MapsStep(0, 1, 0, 0)]
        job.stepped.connect(steps.append)
        job.stepped.connect(lambda step: progress.show_step(step.done, step.total))
        job.succeeded.connect(lambda _: self._tell(steps[-1], folder))
        job.cancelled.connect(lambda: self._window.message_bar.say(_stopped(steps[-1], len(items))))
        job.failed.connect(self._presenter.report)
        return job

    def _items(self) -> list[WorklistItem]:
        return [item for item in self._presenter.films_in(Scope.LISTED) if item.analysis]

    def _tell(self, last: MapsStep, folder: Path) -> None:
        explained = last.ended - last.left_out
        sentence = f"Maps of {explained} film{'' if explained == 1 else 's'} are in {folder.name}."
        if last.left_out:
            self._window.message_bar.say(f"{sentence} {last.left_out} could not be explained; their folders say why.")
        else:
            self._window.show_message(sentence)


def _stopped(last: MapsStep, wanted: int) -> str:
    return f"Stopped: the maps of {last.ended - last.left_out} of {wanted} films were written."


def _explain(
    sources: Sequence[FilmSource],
    folder: Path,
    facts: ModelFacts,
    backing: Backing,
    shared: SharedExplainer,
    cancel: CancelToken,
) -> Iterator[MapsStep]:
    """Block maps, and Grad-CAM of each block where the model can be asked for it."""
    from radassist.export.explanation_files import film_folder, write_explanation, write_left_out
    from radassist.workflow.explain_films import BlockView, ExplainPlan, FilmExplained, MapMade, explain_films

    explainer = ExplainerInTurn(shared, cancel)
    methods = tuple(one for one in explainer.methods if one is SaliencyMethod.GRAD_CAM)
    names = tuple(block.name for block in facts.blocks)
    plan = ExplainPlan(facts.labels[1], names, (BlockView.MEAN,), methods)
    maps, left_out = max(1, len(names) * (1 + len(methods))), 0
    for event in explain_films(sources, backing.services, explainer, plan, cancel):
        if isinstance(event, MapMade):
            yield MapsStep(event.number * maps + event.done, len(sources) * maps, event.number, left_out)
            continue
        target = folder / film_folder(event.number, event.source.name)
        if isinstance(event, FilmExplained):
            write_explanation(event.files, target, longest_side=_LONGEST_SIDE)
            backing.record_export("explanation", event.files.analysis.film_sha256, False)
        else:
            left_out += 1
            status = "refused" if event.is_refusal else "failed"
            write_left_out(event.source.name, status, str(event.problem), target)
        yield MapsStep((event.number + 1) * maps, len(sources) * maps, event.number + 1, left_out)
