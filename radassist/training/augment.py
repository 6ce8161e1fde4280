"""Variations a chest film can really undergo between patient, detector, archive and this program.

Every transform maps (1, H, W) uint8 to the same and draws from torch's global generator, which the caller seeds.
"""

from io import BytesIO

import numpy as np
import torch
from PIL import Image
from torch import Tensor, nn
from torchvision.transforms import v2

_BILINEAR = v2.InterpolationMode.BILINEAR


def film_augmentation(size: tuple[int, int], strength: float = 1.0) -> v2.Compose:
    """Positioning, exposure and processing, detector and archive, then markers: in the order a film meets them.

    Args:
        size: (height, width) of the films, which stays.
        strength: In [0, 1]; share of the full frequency and range of every variation but the flip.
    """
    s = strength
    return v2.Compose(
        [
            v2.RandomHorizontalFlip(),
            v2.RandomAffine(
                10 * s,
                translate=(0.06 * s, 0.06 * s),
                scale=(1 - 0.15 * s, 1 + 0.15 * s),
                shear=(-4 * s, 4 * s),
                interpolation=_BILINEAR,
            ),
            v2.RandomResizedCrop(size, scale=(1 - 0.3 * s, 1.0), ratio=(0.8**s, 1.25**s), antialias=True),
            RandomMarkers(p=0.3 * s),
            RandomWindow(p=0.3 * s),
            RandomTone(p=0.8 * s),
            v2.RandomAdjustSharpness(sharpness_factor=2.0, p=0.15 * s),
            v2.RandomApply([v2.GaussianBlur(5, (0.3, 1.5))], p=0.2 * s),
            RandomNoise(p=0.25 * s),
            RandomResampling(p=0.3 * s),
            RandomJpeg(p=0.4 * s),
            RandomErasedEdges(p=0.4 * s),
        ]
    )


class RandomVariation(nn.Module):
    """A variation that some films undergo and others do not.

    Args:
        p: In [0, 1]; how probable it is.
    """

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p

    def forward(self, film: Tensor) -> Tensor:
        """(1, H, W) uint8 to the same: varied, or the very film."""
        return film if torch.rand(()) >= self.p else self.vary(film)

    def vary(self, film: Tensor) -> Tensor:
        """(1, H, W) uint8 to the same, varied."""
        raise NotImplementedError


class RandomWindow(RandomVariation):
    """Stretch between two percentiles of the film, as a viewer does where a file names no window."""

    def vary(self, film: Tensor) -> Tensor:
        """(1, H, W) uint8 to the same."""
        below, above = torch.rand(2) * 0.03
        # A sixteenth of the pixels gives the percentiles well enough and costs a sixteenth of the sorting.
        low, high = torch.quantile(film[:, ::4, ::4].float(), torch.stack((below, 1 - above)))
        ramp = (torch.arange(256) - low) / (high - low).clamp(min=16)
        return _look_up(ramp, film)


class RandomTone(RandomVariation):
    """Exposure and processing: gamma, contrast and brightness in one table."""

    def __init__(self, p: float, *, gamma: float = 0.5, contrast: float = 0.25, brightness: float = 0.12) -> None:
        super().__init__(p)
        self.gamma, self.contrast, self.brightness = gamma, contrast, brightness

    def vary(self, film: Tensor) -> Tensor:
        """(1, H, W) uint8 to the same."""
        gamma, contrast, brightness = torch.rand(3) * 2 - 1
        curve = (torch.arange(256) / 255) ** torch.exp(self.gamma * gamma)
        curve = (curve - 0.5) * torch.exp(self.contrast * contrast) + 0.5 + self.brightness * brightness
        return _look_up(curve, film)


class RandomNoise(RandomVariation):
    """Quantum noise of a low dose, as Gaussian noise of up to `sigma` grey levels."""

    def __init__(self, p: float, *, sigma: float = 10.0) -> None:
        super().__init__(p)
        self.sigma = sigma

    def vary(self, film: Tensor) -> Tensor:
        """(1, H, W) uint8 to the same."""
        noise = torch.randn(film.shape) * (self.sigma * torch.rand(()))
        return (film + noise).round().clamp(0, 255).to(torch.uint8)


class RandomResampling(RandomVariation):
    """A film that was smaller once: shrunk, then enlarged again, with or without antialiasing."""

    def __init__(self, p: float, *, smallest: float = 0.45) -> None:
        super().__init__(p)
        self.smallest = smallest

    def vary(self, film: Tensor) -> Tensor:
        """(1, H, W) uint8 to the same."""
        share = self.smallest + (1 - self.smallest) * float(torch.rand(()))
        height, width = film.shape[-2:]
        small = [max(1, round(share * height)), max(1, round(share * width))]
        shrunk = v2.functional.resize(film, small, antialias=bool(torch.rand(()) < 0.5))
        enlarged: Tensor = v2.functional.resize(shrunk, [height, width])
        return enlarged


class RandomJpeg(RandomVariation):
    """A film that went through a JPEG archive, with a quality from `lowest` to 95."""

    def __init__(self, p: float, *, lowest: int = 35) -> None:
        super().__init__(p)
        self.lowest = lowest

    def vary(self, film: Tensor) -> Tensor:
        """(1, H, W) uint8 to the same."""
        archive = BytesIO()
        quality = int(torch.randint(self.lowest, 96, ()))
        Image.fromarray(film[0].numpy()).save(archive, "JPEG", quality=quality)
        return torch.from_numpy(np.array(Image.open(archive, formats=["JPEG"])))[None]


class RandomMarkers(RandomVariation):
    """Small bright blocks anywhere near the rim, so that burned-in side markers say nothing of the label."""

    def vary(self, film: Tensor) -> Tensor:
        """(1, H, W) uint8 to the same."""
        film = film.clone()
        height, width = film.shape[-2:]
        for _ in range(int(torch.randint(1, 3, ()))):
            rows, columns = (max(2, round(float(torch.rand(())) * 0.08 * side)) for side in (height, width))
            top, left = _near_rim(height - rows), _near_rim(width - columns)
            film[:, top : top + rows, left : left + columns] = int(torch.randint(180, 256, ()))
        return film


class RandomErasedEdges(RandomVariation):
    """Corners or whole edges painted in one grey, so that what lies outside the chest cannot be learnt."""

    def __init__(self, p: float, *, deepest: float = 0.14) -> None:
        super().__init__(p)
        self.deepest = deepest

    def vary(self, film: Tensor) -> Tensor:
        """(1, H, W) uint8 to the same."""
        film = film.clone()
        grey = 0 if torch.rand(()) < 0.6 else int(torch.randint(0, 256, ()))
        along = (0.3 if torch.rand(()) < 0.5 else 1.0) * torch.rand(4)
        for depth, length in zip(torch.rand(4) * self.deepest, along, strict=True):
            rows, columns = round(float(depth) * film.shape[-2]), round(float(length) * film.shape[-1])
            film[:, :rows, :columns] = grey
            film = film.rot90(1, (-2, -1)) if film.shape[-1] == film.shape[-2] else film.flip((-2, -1))
        return film


def _near_rim(room: int) -> int:
    """A coordinate in [0, room] in the outer fifth at either end."""
    depth = float(torch.rand(())) * 0.2
    return round(room * (depth if torch.rand(()) < 0.5 else 1 - depth))


def _look_up(curve: Tensor, film: Tensor) -> Tensor:
    """`curve` (256,) of grey in [0, 1], clipped, as a table over `film` uint8."""
    table = (curve * 255).round().clamp(0, 255).to(torch.uint8)
    changed: Tensor = table[film.long()]
    return changed
