"""Opens the convolution bench over the film on the screen; kernels slide in a thread."""

from functools import partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from radassist.domain.radiograph import Radiograph
from radassist.explain.convolution import slide
from radassist.gui.inside.bench_dialog import RAMP, BenchDialog, BenchWish
from radassist.gui.inside.network_desk import NetworkDesk
from radassist.gui.jobs import Job, JobRunner, Lane, one_step
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter
from radassist.imaging.rendering import to_grey8


class BenchPresenter(QObject):
    """A bench belongs to the film it was opened over, whatever is shown later."""

    def __init__(self, window: MainWindow, presenter: Presenter, network: NetworkDesk) -> None:
        super().__init__(window)
        self._window, self._presenter, self._network = window, presenter, network
        window.actions_by_id.connect({"bench": self.open_bench})

    def open_bench(self) -> None:
        """Show the bench for the film on the screen."""
        film = self._window.active_film.radiograph
        if film is None:
            return
        dialog = BenchDialog((film.height, film.width), self._window)
        runs = _Runs(dialog, film, self._presenter.runner, self._network)
        self._network.known.connect(runs.offer_learned)
        runs.offer_learned()
        dialog.wished.connect(runs.run)
        dialog.open()
        dialog.ask()


class _Runs(QObject):
    """The runs of one bench, gone with it; only the newest is shown."""

    def __init__(self, dialog: BenchDialog, film: Radiograph, runner: JobRunner, network: NetworkDesk) -> None:
        super().__init__(dialog)
        self._dialog, self._film, self._runner, self._network = dialog, film, runner, network
        self._job: Job | None = None

    def offer_learned(self) -> None:
        """Offer the kernels of the network's first layer, where they are pictures of one channel."""
        facts = self._network.facts()
        if facts is not None and facts.kernels is not None and facts.kernels.shape[1] == 1:
            self._dialog.set_learned([kernel[0] for kernel in facts.kernels])

    def run(self, wish: BenchWish) -> None:
        """Slide the kernel; the run before is not waited for any more."""
        if self._job:
            self._job.cancel()
            self._job.succeeded.disconnect(self._dialog.show_result)
            self._job.failed.disconnect(self._dialog.show_failure)
        self._job = self._runner.start(one_step(partial(_slid, self._film, wish)), lane=Lane.EXPLAIN)
        # Slots of the dialog itself: Qt lets go of them when it is closed.
        self._job.succeeded.connect(self._dialog.show_result)
        self._job.failed.connect(self._dialog.show_failure)
        self._dialog.destroyed.connect(self._job.cancel)


def _slid(film: Radiograph, wish: BenchWish) -> NDArray[np.float32]:
    return slide(RAMP if wish.on_ramp else to_grey8(film), wish.kernel, wish.layout, wish.sliding)
