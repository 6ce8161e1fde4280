"""Draws the film as it is shown into a picture of its own, at the film's size or at the view's."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from math import ceil
from typing import Self

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from radassist.gui.film.corner_texts import CornerTexts, corner_texts
from radassist.gui.film.film_item import FilmItem
from radassist.gui.film.image_view import FilmView
from radassist.gui.film.view_texts import ViewTexts
from radassist.gui.measure.mark_layer import MarkLayer
from radassist.gui.theme import Theme

_LARGEST_SIDE = 8000
_LEAST_LONG_SIDE, _LEAST_SIDE = 600, 320
_WORDS_SIDE = 1000.0


class PictureSize(StrEnum):
    """How large a picture is."""

    FILM = "film"
    VIEW = "view"


@dataclass(frozen=True, slots=True)
class PictureChoice:
    """What a picture shows beside the film; warnings of flips and the research line it always shows.

    Attributes:
        overlay: The map over the film, where one lies there.
        marks: Measurements, arrows and texts of the reader.
        patient: Names, dates and all else in the upper corners; never remembered.
    """

    size: PictureSize = PictureSize.FILM
    overlay: bool = True
    marks: bool = True
    patient: bool = False

    def to_text(self) -> str:
        """One line for a settings file, without the patient's texts: these must be asked for each time."""
        return json.dumps(asdict(replace(self, patient=False)))

    @classmethod
    def from_text(cls, text: str) -> Self:
        """The choice that `to_text` wrote; the default one where the text is damaged."""
        try:
            values = json.loads(text)
            return cls(PictureSize(values["size"]), bool(values["overlay"]), bool(values["marks"]))
        except (ValueError, TypeError, KeyError):
            return cls()


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where the scene lies in a picture.

    Attributes:
        pixels: Of the picture.
        scale: Picture pixels a logical one, in which words are as large as on the screen.
        to_picture: From the scene to logical pixels.
    """

    pixels: QSize
    scale: float
    to_picture: QTransform

    @property
    def room(self) -> QRectF:
        """All of the picture in logical pixels."""
        return QRectF(QPointF(0, 0), QSizeF(self.pixels) / self.scale)


class FilmPicture:
    """Makes pictures of what `view` shows, in `theme`, with the marks of `layer`."""

    def __init__(self, view: FilmView, layer: MarkLayer, theme: Theme) -> None:
        self._view, self._layer, self._theme = view, layer, theme

    def make(self, choice: PictureChoice, words_side: float = _WORDS_SIDE) -> QImage:
        """The film as it is shown now, or what of it the view shows.

        Args:
            choice: What stands in the picture.
            words_side: In a picture of the whole film words have the size of a view whose longer side has so many
                pixels; smaller numbers make larger words.

        Raises:
            ValueError: If there is no film.
        """
        if self._film_item is None:
            raise ValueError("there is no film to take a picture of")
        frame = self._film_frame(words_side) if choice.size is PictureSize.FILM else self._view_frame()
        image = QImage(frame.pixels, QImage.Format.Format_RGB32)
        image.fill(QColor(self._theme.film))
        image.setDevicePixelRatio(frame.scale)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_film(painter, frame, overlay=choice.overlay)
            if choice.marks:
                to_picture = self._film_item.transform() * frame.to_picture
                self._layer.paint_fixed(painter, to_picture, frame.room, is_patient_shown=choice.patient)
            self._paint_words(painter, frame, choice)
        image.setDevicePixelRatio(1.0)
        return image

    @property
    def _film_item(self) -> FilmItem | None:
        return next((item for item in self._view.scene().items() if isinstance(item, FilmItem)), None)

    def _film_frame(self, words_side: float) -> _Frame:
        """The whole film, turned as it is shown, each of its pixels at least one of the picture if that can be."""
        content = self._view.orientation.transform.mapRect(self._film_rect())
        longest = max(content.width(), content.height())
        zoom = min(max(1.0, 1.0 / self._aspect, ceil(_LEAST_LONG_SIDE / longest)), _LARGEST_SIDE / longest)
        size = content.size() * zoom
        pixels = QSize(max(round(size.width()), _LEAST_SIDE), max(round(size.height()), _LEAST_SIDE))
        scale = max(1.0, max(pixels.width(), pixels.height()) / words_side)
        away = QPointF(pixels.width() - size.width(), pixels.height() - size.height()) / (2 * scale)
        scaled = self._view.orientation.transform * QTransform.fromScale(zoom / scale, zoom / scale)
        corner = scaled.mapRect(self._film_rect()).topLeft() - away
        return _Frame(pixels, scale, scaled * QTransform.fromTranslate(-corner.x(), -corner.y()))

    def _view_frame(self) -> _Frame:
        scale = self._view.devicePixelRatioF()
        return _Frame(self._view.viewport().size() * scale, scale, self._view.viewportTransform())

    def _paint_film(self, painter: QPainter, frame: _Frame, *, overlay: bool) -> None:
        film = self._film_rect()
        with self._only_film() if not overlay else nullcontext():
            painter.save()
            painter.setTransform(frame.to_picture, combine=True)
            self._view.scene().render(painter, film, film, Qt.AspectRatioMode.IgnoreAspectRatio)
            painter.restore()

    def _paint_words(self, painter: QPainter, frame: _Frame, choice: PictureChoice) -> None:
        words, room = ViewTexts(self._theme, self._view.font()), frame.room.toRect()
        plates = words.paint_marks(painter, room, self._view.warnings)
        words.paint_corners(painter, room, self._corners(frame, choice), plates)
        words.paint_research_line(painter, room)

    def _corners(self, frame: _Frame, choice: PictureChoice) -> CornerTexts:
        film, window = self._view.radiograph, self._view.shown_window
        if film is None or window is None:
            return CornerTexts()
        across = frame.to_picture.map(QPointF(1, 0)) - frame.to_picture.map(QPointF(0, 0))
        zoom = across.manhattanLength() * frame.scale
        texts = corner_texts(film, window, zoom, self._view.scale_words)
        if choice.overlay and self._view.overlay_words:
            texts = replace(texts, bottom_left=(*texts.bottom_left, self._view.overlay_words))
        return texts if choice.patient else replace(texts, top_left=(), top_right=())

    @property
    def _aspect(self) -> float:
        return self._view.radiograph.aspect if self._view.radiograph else 1.0

    def _film_rect(self) -> QRectF:
        item = self._film_item
        return item.transform().mapRect(item.boundingRect()) if item else QRectF()

    @contextmanager
    def _only_film(self) -> Iterator[None]:
        """What lies over the film is hidden until the picture is taken; the screen is not painted meanwhile."""
        item = self._film_item
        hidden = [child for child in item.childItems() if child.isVisible()] if item else []
        for child in hidden:
            child.setVisible(False)
        try:
            yield
        finally:
            for child in hidden:
                child.setVisible(True)
