"""`radassist deidentify` on real sample films: the copies are opened by this program and score as their films did."""

import shutil
from pathlib import Path

import pytest
from helpers.commands import Radassist, read_rows
from pydicom import dcmread

pytestmark = pytest.mark.slow


@pytest.fixture
def films(samples: Path, tmp_path: Path) -> Path:
    """Two DICOM films and two pictures."""
    folder = tmp_path / "films"
    folder.mkdir()
    dicom, pictures = (
        sorted(samples.rglob("*.dcm")),
        [*sorted(samples.rglob("*.png")), *sorted(samples.rglob("*.jpeg"))],
    )
    for number, film in enumerate((*dicom[:2], pictures[0], pictures[-1])):
        shutil.copy(film, folder / f"{number}{film.suffix}")
    return folder


def test_a_copy_names_nobody_and_scores_as_its_film_did(radassist: Radassist, films: Path) -> None:
    ended = radassist("deidentify", films, "copies", "--burned-in-checked", "--keep-age-sex")
    assert (ended.code, "4 copied to copies" in ended.out) == (0, True), ended.err
    assert radassist("batch", films, "--csv", "films.csv", "--model", "gap_cnn").code == 0
    assert radassist("batch", "copies", "--csv", "copies.csv", "--model", "gap_cnn").code == 0

    before, after = (read_rows(radassist.folder / name) for name in ("films.csv", "copies.csv"))
    assert scores(before) == scores(after)
    texts = [str(dcmread(film).PatientName).split("^")[0].encode() for film in films.glob("*.dcm")]
    copies = [path.read_bytes() for path in (radassist.folder / "copies").iterdir()]
    assert len(copies) == 4 and not any(text in copy for copy in copies for text in texts)


def scores(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    return sorted((row["p_PNEUMONIA"], row["decision"]) for row in rows)
