"""A DICOM file is read whole or not at all."""

from pathlib import Path

import pytest
from helpers.archives import some_samples
from helpers.dicom_node import small_film
from pydicom import dcmread

from radassist.dicomnet.whole_file import read_whole


def test_a_whole_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "film").write_bytes(small_film(1))
    assert read_whole(tmp_path / "film") == dcmread(tmp_path / "film")


@pytest.mark.parametrize("length", [0, 100, 140, 350, 400, 450, -2, -1])
def test_a_file_that_ends_too_early_is_damaged(tmp_path: Path, length: int) -> None:
    (tmp_path / "film").write_bytes(small_film(1)[:length])
    assert read_whole(tmp_path / "film") is None


@pytest.mark.filterwarnings("ignore::UserWarning")  # as the commands do
@pytest.mark.parametrize("length", [-8, -100, 3000])
def test_a_compressed_film_that_ends_too_early_is_damaged(tmp_path: Path, length: int) -> None:
    film = next(each for each in some_samples(20) if dcmread(each).file_meta.TransferSyntaxUID.is_encapsulated)
    assert read_whole(film) is not None
    (tmp_path / "film").write_bytes(film.read_bytes()[:length])
    assert read_whole(tmp_path / "film") is None


def test_bytes_that_are_no_elements_are_damage(tmp_path: Path) -> None:
    film = small_film(1)
    (tmp_path / "film").write_bytes(film[:340] + bytes(range(256)) + film[340:])
    assert read_whole(tmp_path / "film") is None


def test_a_file_that_is_gone_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_whole(tmp_path / "gone")
