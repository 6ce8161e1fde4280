"""The way in: recognises a film by its content and hands it to the reader of its format.

Meant for decoder child processes, where hostile bytes can do no harm; `read_identity` is pure Python and safe anywhere.
"""

import hashlib
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from radassist.domain.errors import DecodeError, UnsupportedImage
from radassist.domain.presentation import PresentationState
from radassist.domain.radiograph import Radiograph
from radassist.domain.study import FilmSource, Identity
from radassist.domain.tags import TagList
from radassist.imaging.dicom import read_dicom
from radassist.imaging.dicom_file import parse
from radassist.imaging.dicom_identity import read_header_identity
from radassist.imaging.dicom_presentation import read_dicom_presentation
from radassist.imaging.dicom_tags import read_dicom_tags
from radassist.imaging.notices import SEND_AGAIN
from radassist.imaging.plain_text import plain
from radassist.imaging.raster import read_raster
from radassist.imaging.raster_tags import read_raster_tags
from radassist.imaging.signatures import is_dicom, is_jpeg, is_png, is_tiff, kind_in_words
from radassist.imaging.sources import read_bytes, read_head


class Reader(Protocol):
    """From the whole file to the film; its errors are sentences without their subject."""

    def __call__(self, data: bytes, *, default_only: bool) -> Radiograph:
        """The film; with `default_only`, no way to show it but the first is wanted."""
        ...


_HEAD_BYTES = 1 << 18
_LONGEST_NAME = 100
_READ_FORMATS = "DICOM, PNG, JPEG or TIFF"


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that films come in.

    Attributes:
        name: As in `FileFacts.format`.
        recognises: Looks at the first bytes of a file.
        read: From the whole file to the film.
    """

    name: str
    recognises: Callable[[bytes], bool]
    read: Reader


_FORMATS: dict[str, Format] = {}


def register_format(name: str, recognises: Callable[[bytes], bool]) -> Callable[[Reader], Reader]:
    """Decorator: make `read` the reader of files that `recognises` accepts; earlier formats are asked first.

    Raises:
        ValueError: If the name is taken.
    """
    if name in _FORMATS:
        raise ValueError(f"format {name} is already registered")

    def register(read: Reader) -> Reader:
        _FORMATS[name] = Format(name, recognises, read)
        return read

    return register


def list_formats() -> tuple[str, ...]:
    """Names of the formats that can be read, in the order they are tried."""
    return tuple(_FORMATS)


def read_radiograph(source: FilmSource, *, default_only: bool = False) -> Radiograph:
    """Read one film, whole or not at all.

    Args:
        source: Where it lies.
        default_only: For a film nobody looks at: leave out all ways to show it but its default, which is quicker.

    Raises:
        DecodeError: If it is damaged, cut short, or cannot be reached.
        UnsupportedImage: If it is no film, or of a kind that is not read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # libraries quote the file, patient data included
            return _read(read_bytes(source), default_only=default_only)
    except (DecodeError, UnsupportedImage) as error:
        raise type(error)(f"{plain(source.name, _LONGEST_NAME)} {error}") from error


def read_identity(source: FilmSource) -> Identity | None:
    """What the header of a DICOM film says of it, from its first 256 KB; None for everything else."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            head = read_head(source, _HEAD_BYTES)
            return _header_identity(head)
    except (DecodeError, UnsupportedImage):
        return None


def read_tags(source: FilmSource) -> TagList:
    """What a file says of itself: the tags of a DICOM file, the facts of a picture.

    Raises:
        DecodeError: If it is damaged, or cannot be reached.
        UnsupportedImage: If it is of a kind that is not read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            data = read_bytes(source)
            known = _format(data)
            return read_dicom_tags(data) if known.name == "DICOM" else read_raster_tags(data, known.name)
    except (DecodeError, UnsupportedImage) as error:
        raise type(error)(f"{plain(source.name, _LONGEST_NAME)} {error}") from error


def read_presentation(source: FilmSource) -> PresentationState:
    """What a presentation state asks of the films it is meant for.

    Raises:
        DecodeError: If it is damaged, or cannot be reached.
        UnsupportedImage: If it is none, or of a kind that is not read.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read_dicom_presentation(read_bytes(source))
    except (DecodeError, UnsupportedImage) as error:
        raise type(error)(f"{plain(source.name, _LONGEST_NAME)} {error}") from error


def _read(data: bytes, *, default_only: bool) -> Radiograph:
    started = time.perf_counter()
    film = _format(data).read(data, default_only=default_only)
    milliseconds = 1000 * (time.perf_counter() - started)
    facts = replace(film.facts, sha256=hashlib.sha256(data).hexdigest(), decode_ms=milliseconds)
    return replace(film, facts=facts)


def _format(data: bytes) -> Format:
    if not data:
        raise DecodeError(f"is empty. {SEND_AGAIN}")
    for known in _FORMATS.values():
        if known.recognises(data):
            return known
    raise UnsupportedImage(f"is {kind_in_words(data)}; films are read from {_READ_FORMATS} files.")


def _header_identity(head: bytes) -> Identity | None:
    return read_header_identity(parse(head, identity_only=True).header) if is_dicom(head) else None


@register_format("DICOM", is_dicom)
def _read_dicom(data: bytes, *, default_only: bool) -> Radiograph:
    return read_dicom(data, default_only=default_only)


@register_format("PNG", is_png)
def _read_png(data: bytes, *, default_only: bool) -> Radiograph:
    return read_raster(data, "PNG")


@register_format("JPEG", is_jpeg)
def _read_jpeg(data: bytes, *, default_only: bool) -> Radiograph:
    return read_raster(data, "JPEG")


@register_format("TIFF", is_tiff)
def _read_tiff(data: bytes, *, default_only: bool) -> Radiograph:
    return read_raster(data, "TIFF")
