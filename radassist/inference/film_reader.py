"""What decoder children do for the program, by the names of `imaging.wire.Question`. Knows neither torch nor Qt."""

from radassist.domain.prepared import InputShape, PreparedFilm
from radassist.domain.study import FilmSource
from radassist.imaging.formats import read_identity as read_identity
from radassist.imaging.formats import read_presentation as read_presentation
from radassist.imaging.formats import read_radiograph as read_radiograph
from radassist.imaging.formats import read_tags as read_tags
from radassist.inference.preparing import prepare


def read_prepared(source: FilmSource, shape: InputShape) -> PreparedFilm:
    """Read one film and make it ready for a network that takes `shape`; raises as `read_radiograph`."""
    return prepare(read_radiograph(source, default_only=True), shape)
