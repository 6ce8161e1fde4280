"""A film view on the screen, as most tests of it begin."""

from radassist.domain.radiograph import Radiograph
from radassist.gui.film.image_view import FilmView
from radassist.gui.theme import load_theme


def shown_view(qtbot, film: Radiograph | None = None, *, size: tuple[int, int] = (500, 400)) -> FilmView:
    """A dark view of (width, height) `size` that is exposed, with `film` in it if one is given."""
    view = FilmView(load_theme("dark"))
    qtbot.addWidget(view)
    view.resize(*size)
    with qtbot.waitExposed(view):
        view.show()
    if film is not None:
        view.set_radiograph(film)
    return view
