"""`radassist explain` over fakes."""

import numpy as np
from helpers.fakes import FakePredictor, make_film, make_services
from PIL import Image

from radassist import wiring
from radassist.cli.terminal import WrongUsage
from radassist.domain.errors import DecodeError, RefusedImage, StoreError
from radassist.imaging.rendering import to_grey8


def test_every_block_becomes_a_picture_of_the_films_size_and_its_values(run, film):
    result = run("explain", film, "--out", "maps")

    assert result.exit_code == 0
    assert "a.dcm: " in result.output
    folder = film.parent / "maps"
    assert sorted(path.name for path in folder.iterdir()) == [
        "block1.npy", "block1.png", "block2.npy", "block2.png", "film.png",
    ]  # fmt: skip
    with Image.open(folder / "block1.png") as picture:
        assert picture.size == (64, 96)
    assert np.load(folder / "block2.npy").shape == (4, 4)


def test_the_film_beside_the_maps_is_the_film_as_shown(run, film):
    run("explain", film, "--out", "maps")

    with Image.open(film.parent / "maps" / "film.png") as picture:
        assert np.array_equal(np.asarray(picture), to_grey8(make_film("a.dcm")))


def test_one_block_may_be_chosen(run, film):
    run("explain", film, "--out", "maps", "--block", "block2")

    assert {path.stem for path in (film.parent / "maps").iterdir()} == {"film", "block2"}


def test_a_block_the_model_has_not_is_wrong_usage(run, film):
    result = run("explain", film, "--out", "maps", "--block", "block9")

    assert isinstance(result.exception, WrongUsage)
    assert "it has: block1, block2" in str(result.exception)
    assert not (film.parent / "maps").exists()


def test_a_damaged_film_is_one_sentence(run, film, loader):
    loader.outcomes = {"a.dcm": DecodeError("a.dcm is cut short.")}

    assert isinstance(run("explain", film, "--out", "maps").exception, DecodeError)
    assert loader.closed


def test_a_folder_is_wrong_usage(run, film):
    result = run("explain", film.parent, "--out", "maps")

    assert isinstance(result.exception, WrongUsage)
    assert "one film" in str(result.exception)


def test_a_refused_film_is_named(run, film, loader, monkeypatch):
    refusal = RefusedImage("This is a CT image.", "WRONG_MODALITY")
    services = make_services(loader, FakePredictor(answers={make_film("a.dcm").facts.sha256: refusal}))
    monkeypatch.setattr(wiring, "make_services", lambda model, device: services)

    result = run("explain", film, "--out", "maps")

    assert isinstance(result.exception, RefusedImage)
    assert (str(result.exception), result.exception.code) == ("a.dcm: This is a CT image.", "WRONG_MODALITY")


def test_a_folder_that_cannot_be_made_is_one_sentence(run, film):
    assert isinstance(run("explain", film, "--out", film / "maps").exception, StoreError)
