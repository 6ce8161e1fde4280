"""Which processor a model runs on, why, and what the screen calls it. Imports torch only where it must be asked."""

import os
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from radassist.domain.errors import ModelUnavailable

_MOST_THREADS = 8
"""Networks of this size gain nothing from more, and films are decoded beside them."""

_DRIVER_FILES = (
    "/dev/nvidiactl",
    "/dev/dxg",  # Linux within Windows
    "/dev/kfd",
    r"C:\Windows\System32\nvcuda.dll",
)
"""One of these is there wherever torch can use a graphics card of NVIDIA or AMD."""


_NVIDIA_CARDS = Path("/proc/driver/nvidia/gpus")


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """A processor to run on.

    Attributes:
        name: torch's name, for instance `cuda:0`.
        words: For the screen, for instance `NVIDIA H200 (CUDA)`.
        why: One sentence.
    """

    name: str
    words: str
    why: str

    @property
    def is_cpu(self) -> bool:
        """Whether nothing simpler is left to fall back to."""
        return self.name == "cpu"


def choose_device(wanted: str = "auto") -> DeviceChoice:
    """The processor called `wanted`: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.

    Raises:
        ModelUnavailable: If this machine has none of that name.
    """
    if wanted == "auto":
        return _best()
    if wanted == "cpu":
        return cpu("Asked for.")
    torch = import_torch()
    if wanted == "mps" and torch and torch.backends.mps.is_available():
        return _mps("Asked for.")
    if torch and (wanted == "cuda" or wanted.startswith("cuda:")):
        return _cuda(torch, wanted)
    raise ModelUnavailable(f"There is no device {wanted!r} on this machine; try 'auto' or 'cpu'.")


def cpu(why: str) -> DeviceChoice:
    """The processor that is always there."""
    cores = usable_cores()
    return DeviceChoice("cpu", f"CPU ({cores} core{'s' if cores > 1 else ''})", why)


def usable_cores() -> int:
    """Cores this process may run on: fewer than the machine has where it was confined to some."""
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1


def limit_threads(cores: int | None = None) -> None:
    """Let torch use no more threads than help, and no more than `cores`; a smaller OMP_NUM_THREADS stays."""
    import torch

    torch.set_num_threads(min(torch.get_num_threads(), cores or usable_cores(), _MOST_THREADS))


def may_have_graphics_processor() -> bool:
    """Whether torch is worth asking, which takes seconds: False only where there is no driver that it could use."""
    if sys.platform == "darwin":
        return platform.machine() == "arm64"
    return any(Path(name).exists() for name in _DRIVER_FILES)


def likely_device() -> str:
    """What `auto` would choose, in words, as far as the system tells it at once: without asking torch."""
    if not may_have_graphics_processor():
        return cpu("").words
    names = [name for file in sorted(_NVIDIA_CARDS.glob("*/information")) if (name := _card_name(file))]
    return f"{names[0]} (CUDA)" if names else "a graphics processor, if torch can use it"


def import_torch() -> ModuleType | None:
    """Torch, None where it cannot be imported."""
    try:
        import torch
    except (ImportError, OSError):  # the latter where one of its libraries does not load
        return None
    return torch


def require_torch(what: str) -> None:
    """Say in one sentence what `what`, a plural, cannot do without.

    Raises:
        ModelUnavailable: If torch cannot be imported.
    """
    if import_torch() is None:
        raise ModelUnavailable(f"{what} need torch, which cannot be loaded on this machine.")


def _card_name(information: Path) -> str:
    """What the driver of NVIDIA calls the card, empty where it does not say."""
    try:
        lines = information.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("Model:")), "")


def _best() -> DeviceChoice:
    torch = import_torch() if may_have_graphics_processor() else None
    if torch and torch.cuda.is_available():
        return _cuda_at(torch, 0, "The fastest on this machine.")
    if torch and torch.backends.mps.is_available():
        return _mps("The fastest on this machine.")
    return cpu("No graphics processor that torch can use was found.")


def _cuda(torch: ModuleType, wanted: str) -> DeviceChoice:
    number = wanted.partition(":")[2] or "0"
    count = torch.cuda.device_count() if torch.cuda.is_available() else 0
    if not number.isdecimal() or int(number) >= count:
        raise ModelUnavailable(
            f"There is no device {wanted!r}: torch sees {count} CUDA device(s); try 'auto' or 'cpu'."
        )
    return _cuda_at(torch, int(number), "Asked for.")


def _cuda_at(torch: ModuleType, number: int, why: str) -> DeviceChoice:
    return DeviceChoice(f"cuda:{number}", f"{torch.cuda.get_device_name(number)} (CUDA)", why)


def _mps(why: str) -> DeviceChoice:
    return DeviceChoice("mps", "Apple graphics processor (MPS)", why)
