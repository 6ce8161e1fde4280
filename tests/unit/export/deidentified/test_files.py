"""Copies as files: films, pictures, reports and the table."""

import csv
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import numpy as np
from helpers.deidentified import CANARY, canaries_in, noise, telling_film
from helpers.fakes import FACTS, make_analysis
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pydicom import dcmread

from radassist.domain.deidentification import DeidentifyOptions
from radassist.domain.study import FilmSource
from radassist.export.deidentified.files import TABLE, DeidentifiedFiles
from radassist.export.deidentified.pseudonyms import Pseudonyms
from radassist.imaging.formats import read_radiograph, read_tags

WITH_RESULTS = DeidentifyOptions(with_results=True)


def write(path: Path, writer: DeidentifiedFiles, *, is_scored: bool = True) -> Path:
    source = FilmSource(path)
    film = read_radiograph(source)
    return writer.write(read_tags(source), film, make_analysis(film, probability=0.75) if is_scored else None)


def test_a_scored_film_has_a_report_and_a_row_that_lead_to_its_copy_alone(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    film = tmp_path / f"{CANARY}.dcm"
    film.write_bytes(telling_film())
    writer = DeidentifiedFiles(out, WITH_RESULTS, Pseudonyms(b"s" * 32))
    copy = write(film, writer)
    writer.finish(FACTS.labels)

    report = dcmread(copy.with_name(f"{copy.stem}-sr.dcm"))
    (study,) = report.CurrentRequestedProcedureEvidenceSequence
    named = study.ReferencedSeriesSequence[0].ReferencedSOPSequence[0].ReferencedSOPInstanceUID
    assert named == dcmread(copy).SOPInstanceUID and report.PatientID == dcmread(copy).PatientID
    (row,) = csv.DictReader((out / TABLE).read_text(encoding="utf-8").splitlines())
    assert row["path"] == copy.name and float(row["p_PNEUMONIA"]) == 0.75
    assert row["sha256"] == sha256(copy.read_bytes()).hexdigest()
    assert canaries_in(out) == []
    digest = sha256(film.read_bytes()).hexdigest().encode()
    assert not any(digest in path.read_bytes() for path in out.iterdir())


def test_without_results_there_is_the_copy_and_nothing_else(tmp_path: Path) -> None:
    film = tmp_path / "film.dcm"
    film.write_bytes(telling_film())
    (tmp_path / "out").mkdir()
    writer = DeidentifiedFiles(tmp_path / "out", DeidentifyOptions(), Pseudonyms(b"s" * 32))
    copy = write(film, writer)
    writer.finish(())
    assert list((tmp_path / "out").iterdir()) == [copy]


def test_a_picture_becomes_a_png_of_its_pixels_alone(tmp_path: Path) -> None:
    grey, facts = noise(), PngInfo()
    facts.add_text("PatientName", CANARY)
    Image.fromarray(grey).save(tmp_path / "8.png", pnginfo=facts)
    Image.fromarray(grey.astype(np.uint16) * 257).save(tmp_path / "16.png", pnginfo=facts)
    exif = Image.Exif()
    exif[0x010E] = CANARY
    Image.fromarray(grey).save(tmp_path / "x.jpg", exif=exif, comment=CANARY.encode())
    (tmp_path / "out").mkdir()
    writer = DeidentifiedFiles(tmp_path / "out", WITH_RESULTS, Pseudonyms(b"s" * 32))
    for name in ("8.png", "16.png", "x.jpg"):
        copy = write(tmp_path / name, writer)
        before, after = read_radiograph(FilmSource(tmp_path / name)), read_radiograph(FilmSource(copy))
        assert np.array_equal(before.pixels, after.pixels) and before.bits_stored == after.bits_stored
    writer.finish(FACTS.labels)
    assert canaries_in(tmp_path / "out") == []
    assert len(list((tmp_path / "out").glob("*.png"))) == 3


def test_the_table_tells_an_age_no_more_exactly_than_the_copy(tmp_path: Path) -> None:
    rows = {}
    for years in (97.0, 34.7, 0.13):
        out = tmp_path / str(years)
        out.mkdir()
        (tmp_path / "film.dcm").write_bytes(telling_film())
        source = FilmSource(tmp_path / "film.dcm")
        read = read_radiograph(source)
        film = replace(read, identity=replace(read.identity, age_years=years))
        options = DeidentifyOptions(with_results=True, keeps_age_and_sex=True)
        writer = DeidentifiedFiles(out, options, Pseudonyms(b"s" * 32))
        copy = writer.write(read_tags(source), film, make_analysis(film))
        writer.finish(FACTS.labels)
        (row,) = csv.DictReader((out / TABLE).read_text(encoding="utf-8").splitlines())
        rows[years] = (dcmread(copy).PatientAge, float(row["age"]))
    assert rows == {97.0: ("090Y", 90.0), 34.7: ("034Y", 34.0), 0.13: ("001M", 0.08)}
