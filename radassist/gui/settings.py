"""What the window remembers from one start to the next, in one plain file of the user's data folder."""

import logging
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from radassist.domain.analysis import ModelFacts
from radassist.domain.errors import UserError
from radassist.domain.threshold_rule import BY_CARD, ThresholdRule, parse_place_rule
from radassist.paths import make_private, user_data_dir

_LAYOUT_VERSION = 1
_LOG = logging.getLogger(__name__)


class WindowSettings:
    """Typed access to the remembered values; a missing or damaged value gives its default.

    Attributes:
        path: The file, in INI format.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or user_data_dir() / "window.ini"
        self._store = QSettings(str(self.path), QSettings.Format.IniFormat)

    @property
    def geometry(self) -> QByteArray | None:
        """Place and size of the window, as Qt saved it."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("window/geometry", value)

    @property
    def layout(self) -> QByteArray | None:
        """Docks and splitters, as Qt saved them; None after the layout of the program changed."""
        return self._bytes(f"window/layout{_LAYOUT_VERSION}")

    @layout.setter
    def layout(self, value: QByteArray) -> None:
        self._store.setValue(f"window/layout{_LAYOUT_VERSION}", value)

    @property
    def last_folder(self) -> str:
        """Where the last open or save dialog stood."""
        return self.text("files/last_folder", str(Path.home()))

    @last_folder.setter
    def last_folder(self, value: str) -> None:
        self._store.setValue("files/last_folder", value)

    @property
    def score_on_opening(self) -> bool:
        """Whether opened films are scored without being asked."""
        return self.text("queue/score_on_opening", "true") == "true"

    @score_on_opening.setter
    def score_on_opening(self, value: bool) -> None:
        self._store.setValue("queue/score_on_opening", "true" if value else "false")

    @property
    def prevalence(self) -> float | None:
        """Share of films with the finding at this place, in [0, 1]; None while nobody set one."""
        try:
            value = float(self.text("scoring/prevalence", ""))
        except ValueError:
            return None
        return value if 0 <= value <= 1 else None

    @prevalence.setter
    def prevalence(self, value: float | None) -> None:
        self._store.setValue("scoring/prevalence", "" if value is None else repr(value))

    def threshold_rule(self, facts: ModelFacts) -> ThresholdRule | None:
        """The rule that was chosen here for the weights of `facts`; None for the card's own threshold."""
        try:
            return parse_place_rule(self.text(_rule_key(facts), BY_CARD))
        except UserError:
            return None

    def set_threshold_rule(self, facts: ModelFacts, rule: ThresholdRule | None) -> None:
        """Remember `rule` for the weights of `facts`."""
        self.set_text(_rule_key(facts), str(rule) if rule else BY_CARD)

    @property
    def model(self) -> str:
        """Id of the model chosen last; empty for the default one."""
        return self.text("model/id", "")

    @model.setter
    def model(self, value: str) -> None:
        self._store.setValue("model/id", value)

    @property
    def device(self) -> str:
        """Device asked for last, in torch's words or `auto`."""
        return self.text("model/device", "auto")

    @device.setter
    def device(self, value: str) -> None:
        self._store.setValue("model/device", value)

    @property
    def theme(self) -> str:
        """Name of the colour theme, or `system`."""
        return self.text("window/theme", "system")

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("window/theme", value)

    def text(self, key: str, default: str) -> str:
        """The text remembered under `key`."""
        value = self._store.value(key, default)
        return value if isinstance(value, str) else default

    def set_text(self, key: str, value: str) -> None:
        """Remember `value` under `key`."""
        self._store.setValue(key, value)

    def save(self) -> None:
        """Write everything to disk now; where that cannot be done the next start has the defaults."""
        try:
            make_private(self.path.parent)
        except OSError as error:
            _LOG.warning("the window's settings cannot be written: %s", type(error).__name__)
            return
        self._store.sync()
        with suppress(OSError):
            self.path.chmod(0o600)  # it holds the name of the last folder

    def _bytes(self, key: str) -> QByteArray | None:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else None


def _rule_key(facts: ModelFacts) -> str:
    return f"threshold/{facts.model}-{facts.sha256}"
