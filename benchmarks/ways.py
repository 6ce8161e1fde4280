"""Ways to score the same films with the same network, each run in a process of its own by `peers.py`.

    python benchmarks/ways.py WAY FILM...

Prints one line of JSON: films, seconds, processor seconds and memory, loading left out.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image
from usage import Usage, measured

Films = Sequence[Path]


def tutorial(films: Films) -> Usage:
    """Pillow, torchvision's transforms, one film at a time, eager torch."""
    import torch

    network, transform = _network(), _transform()
    with torch.no_grad():
        network(transform(Image.open(films[0]))[None])
        with measured() as usage:
            for film in films:
                torch.softmax(network(transform(Image.open(film))[None]), 1)[0, 1].item()
    return usage


def loader(films: Films) -> Usage:
    """A DataLoader with two workers and batches of 32, eager torch."""
    import torch
    from torch.utils.data import DataLoader

    network = _network()
    with torch.no_grad():
        network(torch.zeros(32, 1, *_SIZE))
        with measured() as usage:
            for batch in DataLoader(_FilmSet(films), batch_size=32, num_workers=2):
                torch.softmax(network(batch), 1)[:, 1].tolist()
    return usage


def torchxrayvision(films: Films) -> Usage:
    """Its own reader, crop, resizer and DenseNet-121, with random weights: nothing is downloaded."""
    import skimage.io
    import torch
    import torchxrayvision as xrv

    network = xrv.models.DenseNet(weights=None).eval()
    steps = (xrv.datasets.XRayCenterCrop(), xrv.datasets.XRayResizer(224))

    def read(film: Path) -> torch.Tensor:
        grey = skimage.io.imread(film)
        grey = xrv.datasets.normalize(grey if grey.ndim == 2 else grey.mean(2), 255)[None]
        for step in steps:
            grey = step(grey)
        return torch.from_numpy(grey).float()[None]

    with torch.no_grad():
        network(read(films[0]))
        with measured() as usage:
            for film in films:
                network(read(film))
    return usage


def radassist(films: Films, precision: str = "float32") -> Usage:
    """`radassist batch` from files to the table, each result kept as it comes."""
    from radassist import wiring
    from radassist.cli.scoring import find_films, loaded, score_and_keep
    from radassist.domain.cancellation import CancelToken
    from radassist.domain.precision import Precision
    from radassist.store.results import RunKind
    from radassist.workflow.audited import AuditedRuns
    from radassist.workflow.resume import Reuse

    cancel = CancelToken()
    services = wiring.make_services(None, "cpu", Precision(precision))
    with closing(services.loader), closing(wiring.open_results(Precision(precision))) as results:
        begin = AuditedRuns(partial(results.begin, kind=RunKind.COMMAND), wiring.make_audit())
        ready = replace(loaded(services, quiet=True), begin_run=begin)
        score_and_keep(find_films(films[:4], ready, cancel, quiet=True), ready, Reuse.NOTHING, cancel, quiet=True)
        with measured() as usage, tempfile.TemporaryDirectory() as folder:
            found = find_films(films, ready, cancel, quiet=True)
            scored = score_and_keep(found, ready, Reuse.NOTHING, cancel, quiet=True)
            wiring.write_results(scored.items, Path(folder) / "out.csv")
    assert len(scored.items) == len(films)
    return usage


def limit(films: Films, precision: str = "float32", *, to_input: bool = False) -> Usage:
    """The least work there is: one core decodes each film and runs the network on it, and nothing else is done.

    With `to_input`, each film is also brought to the network's pixels by the specified resampling, without which it
    cannot be scored.
    """
    from radassist.domain.precision import Precision
    from radassist.inference.backends import BackendMaker
    from radassist.networks.card import read_card
    from radassist.networks.catalogue import default_model_id, find_model
    from radassist.networks.preprocess import Preprocess
    from radassist.networks.resampling import squash

    folder = find_model(default_model_id())
    card = read_card(folder)
    backend = BackendMaker(folder, card, Precision(precision))("cpu")
    grey = np.random.default_rng(0).integers(0, 256, (1, card.input.height, card.input.width), dtype=np.uint8)
    data = [film.read_bytes() for film in films]
    decoded = _decoded_dicom if films[0].suffix == ".dcm" else _decoded_picture
    shape = Preprocess.from_card(card).shape
    decode = _least(lambda film: squash(_shown(decoded(film)), shape) if to_input else decoded(film), data)
    infer = _least(lambda _: backend.run(grey), data)
    return Usage(decode + infer, decode + infer, 1000 * decode / len(films))


_SIZE = (224, 224)


def _shown(pixels: np.ndarray) -> np.ndarray:
    """Grey of 8 bits, by one table where there are more."""
    from radassist.imaging.rendering import apply_table

    return pixels if pixels.dtype == np.uint8 else apply_table(pixels, (np.arange(1 << 16) >> 4).astype(np.uint8))


def _decoded_picture(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(data)).convert("L"))


def _decoded_dicom(data: bytes) -> np.ndarray:
    """Stored values and nothing else: no window, no checks."""
    import imagecodecs
    from pydicom import dcmread
    from pydicom.encaps import generate_fragments
    from pydicom.uid import JPEG2000Lossless, JPEGLosslessSV1, JPEGLSLossless, RLELossless

    film = dcmread(BytesIO(data))
    decoders = {
        JPEGLosslessSV1: imagecodecs.ljpeg_decode,
        JPEGLSLossless: imagecodecs.jpegls_decode,
        JPEG2000Lossless: imagecodecs.jpeg2k_decode,
        RLELossless: partial(imagecodecs.dicomrle_decode, dtype=np.dtype("<u2")),
    }
    decoder = decoders.get(film.file_meta.TransferSyntaxUID)
    if decoder is None:
        return np.frombuffer(film.PixelData, np.uint16).reshape(film.Rows, film.Columns)
    _, *fragments = generate_fragments(film.PixelData)
    return np.asarray(decoder(b"".join(fragments))).reshape(film.Rows, film.Columns)


def _least(action: Callable[[bytes], object], data: Sequence[bytes], repeats: int = 3) -> float:
    """Least processor seconds that `action` took for all of `data`."""
    seconds = []
    for _ in range(repeats):
        began = time.process_time()
        for each in data:
            action(each)
        seconds.append(time.process_time() - began)
    return min(seconds)


def _network() -> "object":
    from radassist.networks.catalogue import default_model_id
    from radassist.networks.weights import load_network

    return load_network(default_model_id()).network


def _transform() -> "object":
    from torchvision import transforms

    return transforms.Compose(
        [
            transforms.Grayscale(),
            transforms.Resize(_SIZE),
            transforms.ToTensor(),
            transforms.Normalize((0.5,), (0.5,)),
        ]
    )


class _FilmSet:
    """What a DataLoader wants of a data set."""

    def __init__(self, films: Films) -> None:
        self._films, self._transform = films, _transform()

    def __len__(self) -> int:
        return len(self._films)

    def __getitem__(self, number: int) -> object:
        return self._transform(Image.open(self._films[number]))


WAYS: dict[str, Callable[[Films], Usage]] = {
    "tutorial": tutorial,
    "loader": loader,
    "torchxrayvision": torchxrayvision,
    "radassist": radassist,
    "radassist-bf16": partial(radassist, precision="bf16"),
    "limit": limit,
    "limit-input": partial(limit, to_input=True),
    "limit-bf16": partial(limit, precision="bf16"),
    "limit-input-bf16": partial(limit, precision="bf16", to_input=True),
}


def main() -> None:
    """Run one way and print what it cost."""
    films = [Path(name) for name in sys.argv[2:]]
    usage = WAYS[sys.argv[1]](films)
    print(json.dumps([len(films), usage.seconds, usage.cpu_seconds, usage.peak_mb]))


if __name__ == "__main__":
    main()
