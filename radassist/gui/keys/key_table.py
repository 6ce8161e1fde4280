"""The keys of all acts: those of the table of acts, and those the reader chose in their place."""

import json
from collections.abc import Iterable, Mapping

from PySide6.QtGui import QKeySequence

from radassist.gui.actions.spec import ActionSpec

Keys = tuple[str, ...]


class KeyTable:
    """Keys by act, in Qt's portable text. No key belongs to two acts."""

    def __init__(self, specs: Iterable[ActionSpec]) -> None:
        self.specs = {spec.id: spec for spec in specs}
        self._chosen: dict[str, Keys] = {}

    @property
    def chosen(self) -> Mapping[str, Keys]:
        """The acts whose keys are not those of the table of acts."""
        return self._chosen

    def keys_of(self, act: str) -> Keys:
        """The keys that do `act` now."""
        return self._chosen.get(act, self.specs[act].shortcuts)

    def owner_of(self, key: str, besides: str = "") -> ActionSpec | None:
        """The act, other than `besides`, that `key` does now."""
        wanted, others = _portable(key), (spec for spec in self.specs.values() if spec.id != besides)
        return next((spec for spec in others if wanted in map(_portable, self.keys_of(spec.id))), None)

    def clash(self, act: str, key: str) -> str:
        """Why `key` cannot do `act`, one sentence; empty where it can."""
        owner = self.owner_of(key, besides=act)
        if owner is None:
            return ""
        return f"{_native(key)} already means {plain_name(owner)!r}: choose another key, or change that one first."

    def choose(self, act: str, keys: Keys) -> None:
        """Let `keys` alone do `act`; without any it has none.

        Raises:
            ValueError: If one of them does another act.
        """
        for key in keys:
            if sentence := self.clash(act, key):
                raise ValueError(sentence)
        self._chosen[act] = tuple(map(_portable, keys))
        if self._chosen[act] == tuple(map(_portable, self.specs[act].shortcuts)):
            del self._chosen[act]

    def reset(self, act: str) -> str:
        """Give `act` its own keys back; why that cannot be, one sentence, else empty."""
        for key in self.specs[act].shortcuts:
            if sentence := self.clash(act, key):
                return sentence
        self._chosen.pop(act, None)
        return ""

    def reset_all(self) -> None:
        """Give every act its own keys back."""
        self._chosen.clear()

    def to_text(self) -> str:
        """What was chosen, for the settings."""
        return json.dumps(self._chosen)

    def restore(self, text: str) -> None:
        """Take over what `to_text` wrote; what is damaged, unknown or clashes by now is left out."""
        try:
            remembered = json.loads(text or "{}")
        except ValueError:
            return
        if not isinstance(remembered, dict):
            return
        self._chosen = {act: tuple(keys) for act, keys in remembered.items() if act in self.specs and _are_keys(keys)}
        for act, keys in list(self._chosen.items()):  # only now: two acts may have changed keys with each other
            if any(self.clash(act, key) for key in keys):
                del self._chosen[act]


def plain_name(spec: ActionSpec) -> str:
    """The act as its menu calls it, without the signs of menus."""
    return spec.text.replace("&", "").rstrip("…")


def _are_keys(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(key, str) for key in value)


def _portable(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def _native(key: str) -> str:
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
