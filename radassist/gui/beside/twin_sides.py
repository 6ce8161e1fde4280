"""Two views of the film on the screen: what each of them shows, and what its model has to be asked for that."""

from dataclasses import replace

from PySide6.QtCore import QObject

from radassist.domain.explanation import SaliencyWish
from radassist.gui.beside.right_side import RightSide
from radassist.gui.beside.second_opinion import SecondOpinion
from radassist.gui.beside.side_bar import SideBar, SideChoices
from radassist.gui.beside.side_saliency import SideQuestion, SideSaliency
from radassist.gui.beside.twin_words import as_second_opinion, hidden, twin_words
from radassist.gui.beside.view_link import ViewLink
from radassist.gui.explain.saliency_drawing import evidence_over_film, evidence_words
from radassist.gui.explain.why_panel import WhyPanel
from radassist.gui.film.film_cache import CachedFilm
from radassist.gui.film.overlay import AnyOverlay
from radassist.gui.main_window import MainWindow
from radassist.gui.presenter import Presenter

_LOOKING = "Looking for evidence …"
_NOTHING: tuple[AnyOverlay | None, str] = (None, "")


class TwinSides(QObject):
    """Left stands what the window shows in any case; right, under the same film, another block or another model.

    Attributes:
        opinion: Of the second model.
        saliency: Maps of evidence of the right side.
        left, right: The lists above the views.
        models: Ids of the models on this machine.
        wanted: The block shown on the right; empty before any was.
    """

    def __init__(self, window: MainWindow, presenter: Presenter, why: WhyPanel) -> None:
        super().__init__(window)
        self._window, self._presenter, self._why = window, presenter, why
        self.opinion = SecondOpinion(presenter.runner, self)
        self.saliency = SideSaliency(presenter.runner, self)
        self.left, self.right = SideBar("Left"), SideBar("Right")
        self.models: tuple[str, ...] = ()
        self.wanted = ""
        self._laid: object = None
        self._said = ""
        window.film_area.put_above(self.left, self.right)

    @property
    def own_model(self) -> str:
        """Id of the model that answers for the list; empty while there is none."""
        return self._presenter.facts.model if self._presenter.facts else ""

    @property
    def is_loading(self) -> bool:
        """Whether a second model is wanted and not there yet."""
        return bool(self.opinion.model) and self.opinion.opened is None

    @property
    def is_hidden(self) -> bool:
        """Whether all answers are kept from the reader, the second model's like the first one's."""
        number = self._presenter.films.number
        return number is not None and self._window.worklist_model.reading(number).hides_score

    @property
    def right_side(self) -> RightSide:
        """Who answers on the right."""
        backing, opened = self._presenter.backing, self.opinion.opened
        if not self.opinion.model:
            own = backing.explainer if backing else None
            return RightSide(self._presenter.facts, self._window.blocks.maps, own, self.wanted)
        return RightSide(self.opinion.facts, self.opinion.maps, opened.explainer if opened else None, self.wanted)

    def show_bars(self, *, visible: bool) -> None:
        """Show the lists above the views, or take them away."""
        self._laid = None  # somebody else has the second view meanwhile
        for bar in (self.left, self.right):
            bar.setVisible(visible)

    def show(self, link: ViewLink) -> None:
        """Bring both sides up to date, and ask for what is missing."""
        film = self._presenter.films.current
        self._show_film(film, link)
        self.opinion.look(film.radiograph if film and not self.is_hidden else None)
        self._show_right()
        self._show_left()
        self.show_words()

    def show_words(self) -> None:
        """Say above each side whose film it is and what its model says."""
        number, film, area = self._presenter.films.number, self._presenter.films.current, self._window.film_area
        if number is None:
            return
        item = self._window.worklist_model.item(number)
        words = other = twin_words(self.own_model, item, film)
        if self.opinion.model:
            seen = self.opinion.maps.analysis if self.opinion.maps else None
            theirs = replace(film, analysis=seen, problem=self.opinion.problem) if film else None
            other = as_second_opinion(twin_words(self.opinion.model, item, theirs))
            other = replace(other, answer="Loading …") if self.is_loading else other
            if seen and not self.is_hidden:
                self._presenter.films.answer_shown.emit(seen)
        sides = (hidden(words), hidden(other)) if self.is_hidden else (words, other)
        for strip, said in zip((area.first_strip, area.second_strip), sides, strict=True):
            strip.show_words(said)

    @property
    def _asked(self) -> SaliencyWish | None:
        """What the left side's model is asked, where maps of evidence are in front."""
        return self._why.wish if self._window.review_tabs.currentWidget() is self._why else None

    def _show_film(self, film: CachedFilm | None, link: ViewLink) -> None:
        view = self._window.film_area.second
        with link.resting():
            if film is None:
                view.clear(self._window.film.accessibleDescription())
                self._laid = None
            elif view.radiograph is not film.radiograph:
                view.set_radiograph(film.radiograph, film.levels)
                self._laid = None
        link.align()

    def _show_right(self) -> None:
        right, asked = self.right_side, self._asked
        block = right.block(self._window.blocks.chosen_block)
        self.wanted = block or self.wanted  # it stays when the left side comes to the same one
        if self.opinion.model:
            right.take(self.saliency.found)
        self.saliency.ask(self._question(right, block, asked))
        self._lay(right, block, asked)
        takes_block = asked is None or asked.method.takes_block
        names = right.maps.names if right.maps and takes_block else ()
        offered = (self.own_model, *(model for model in self.models if model != self.own_model))
        self.right.show_choices(SideChoices(offered, self.opinion.model or self.own_model, names, block))
        self.right.say(f"Loading {self.opinion.model} …" if self.is_loading else self._said)
        self.right.show_progress(*((0, 1) if self.is_loading else (self.saliency.done, self.saliency.total)))

    def _lay(self, right: RightSide, block: str, asked: SaliencyWish | None) -> None:
        """Lay the map over the film on the right, unless it lies there already: the left side changes more often."""
        state, found = self._window.blocks.state(), self.saliency.found
        look = replace(state, block="", minus="", opacity=0.0)
        is_known = bool(right.maps and block and right.maps.knows(block, state.reduction))
        seen = (self.is_hidden, self._window.overlays.has_maps_in_front, self.opinion.model, self.saliency.problem)
        laid = (right.maps, block, look, is_known, asked, found, seen)
        if laid != self._laid:
            self._laid = laid
            overlay, self._said = self._over_film(right, block, asked)
            self._window.film_area.second.set_overlay(self._named(overlay))

    def _named(self, overlay: AnyOverlay | None) -> AnyOverlay | None:
        """A picture taken of the right side says which model made the map, where it is not the one of the list."""
        if overlay is None or not self.opinion.model:
            return overlay
        return replace(overlay, words=f"{self.opinion.model}: {overlay.words}")

    def _show_left(self) -> None:
        """Where maps of evidence are in front, their panel chooses the block."""
        blocks, asked = self._window.blocks, self._asked
        names = blocks.maps.names if blocks.maps else ()
        shown = blocks.chosen_block if blocks.overlay_visible else ""
        if asked is not None:
            names, shown = (asked.block,) if asked.block else (), asked.block
        self.left.show_choices(SideChoices((self.own_model,), self.own_model, names, shown))
        self.left.say(self._window.film.overlay_words)

    def _question(self, right: RightSide, block: str, asked: SaliencyWish | None) -> SideQuestion | None:
        film, wish = self._presenter.films.current, right.wish(block, self._window.blocks.state(), asked)
        if asked is None and not self.opinion.model:
            return None  # the panel of blocks asks its own model for weights itself
        if film is None or wish is None or right.facts is None or right.explainer is None or right.maps is None:
            return None
        return SideQuestion(right.explainer, film.radiograph, right.facts.sha256, wish)

    def _over_film(self, right: RightSide, block: str, asked: SaliencyWish | None) -> tuple[AnyOverlay | None, str]:
        if self.is_hidden or right.maps is None or not self._window.overlays.has_maps_in_front:
            return _NOTHING
        if asked is None:
            return right.block_map(block, self._window.blocks.state())
        found = self.saliency.found
        if found is None:
            return None, self.saliency.problem or _LOOKING
        overlay = evidence_over_film(found)
        return overlay, overlay.words if overlay else evidence_words(found)
