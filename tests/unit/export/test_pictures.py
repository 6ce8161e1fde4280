"""Pictures of films as files: the right format, the right pixels, and words on what they are not for."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from radassist.domain.errors import StoreError
from radassist.export.pictures import FORMATS, write_picture

PIXELS = np.random.default_rng(5).integers(0, 256, (20, 30, 3), dtype=np.uint8)


@pytest.mark.parametrize("ending", [*FORMATS, ".PNG"])
def test_the_name_decides_the_format_and_the_picture_can_be_read_back(tmp_path: Path, ending: str) -> None:
    target = tmp_path / f"film{ending}"
    write_picture(PIXELS, target)
    with Image.open(target) as image:
        assert (image.format, image.size) == (FORMATS[ending.lower()], (30, 20))
        if image.format != "JPEG":
            np.testing.assert_array_equal(np.asarray(image), PIXELS)


def test_every_format_says_that_it_is_not_for_diagnosis(tmp_path: Path) -> None:
    words = []
    for ending in (".png", ".jpg", ".tif"):
        write_picture(PIXELS, tmp_path / f"film{ending}")
        with Image.open(tmp_path / f"film{ending}") as image:
            words.append(str(image.info.get("Comment") or image.info.get("comment") or image.tag_v2[270]))
    assert all("not for diagnosis" in each for each in words)


def test_grey_pictures_are_written_too(tmp_path: Path) -> None:
    write_picture(PIXELS[..., 0], tmp_path / "film.png")
    with Image.open(tmp_path / "film.png") as image:
        np.testing.assert_array_equal(np.asarray(image), PIXELS[..., 0])


def test_an_unknown_format_is_refused_in_words_and_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"\.png, \.jpg or \.tif"):
        write_picture(PIXELS, tmp_path / "film.exe")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="folder does not exist"):
        write_picture(PIXELS, tmp_path / "gone" / "film.png")
