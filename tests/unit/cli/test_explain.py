"""`radassist explain` over fakes."""

import json
from dataclasses import replace

import numpy as np
import pytest
from helpers.explanations import FakeExplainer
from helpers.fakes import FakePredictor, make_film, make_services
from PIL import Image

from radassist import wiring
from radassist.cli.terminal import WrongUsage
from radassist.domain.errors import DecodeError, RefusedImage, StoreError, UserError
from radassist.domain.explanation import SaliencyMethod
from radassist.domain.study import FilmSource, Instance
from radassist.imaging.rendering import to_grey8


@pytest.fixture(autouse=True)
def explainer(monkeypatch) -> FakeExplainer:
    fake = FakeExplainer()
    monkeypatch.setattr(wiring, "make_explainer", lambda model, predictor: fake)
    return fake


@pytest.fixture
def folder(tmp_path, loader, monkeypatch):
    """A folder of two films."""
    films = tmp_path / "films"
    films.mkdir()
    for name in ("a.dcm", "b c.dcm"):
        (films / name).touch()

    def discover(paths, cancel):
        return (Instance(FilmSource(path)) for path in sorted(films.iterdir()))

    services = make_services(loader)
    services = type(services)(discover, loader, services.make_predictor)
    monkeypatch.setattr(wiring, "make_services", lambda model, device: services)
    return films


def told(folder) -> dict:
    return json.loads((folder / "explanation.json").read_text(encoding="ascii"))


def test_a_film_becomes_pictures_of_its_size_values_and_a_json(run, film):
    result = run("explain", film, "--out", "maps")

    assert result.exit_code == 0
    assert "a.dcm: " in result.output
    folder = film.parent / "maps"
    assert sorted(path.stem for path in folder.glob("*.npy")) == [
        "block1_grad-cam", "block1_mean", "block2_grad-cam", "block2_mean",
    ]  # fmt: skip
    with Image.open(folder / "block1_mean.png") as picture:
        assert picture.size == (64, 96)
    assert np.load(folder / "block2_mean.npy").shape == (4, 4)
    assert len(told(folder)["maps"]) == 4


def test_the_film_beside_the_maps_is_the_film_as_shown(run, film):
    run("explain", film, "--out", "maps")

    with Image.open(film.parent / "maps" / "film.png") as picture:
        assert np.array_equal(np.asarray(picture), to_grey8(make_film("a.dcm")))


def test_methods_blocks_label_and_ranking_may_be_chosen(run, film, explainer):
    run(
        "explain", film, "--out", "maps", "--methods", "layercam,l2", "--blocks", "block2", "--target", "NORMAL",
        "--rank", "gradient",
    )  # fmt: skip

    stems = {path.stem for path in (film.parent / "maps").glob("*.npy")}
    assert stems == {"block2_l2", "block2_layercam"}
    assert told(film.parent / "maps")["channels"][0]["rule"] == "gradient"
    assert [wish.target for wish in explainer.asked] == ["NORMAL", "NORMAL"]


def test_maps_and_film_are_tested_where_that_is_asked(run, film):
    run("explain", film, "--out", "maps", "--trust", "--robustness", "--methods", "cam")

    (one,) = told(film.parent / "maps")["maps"]
    assert one["trust"]["sentence"]
    assert told(film.parent / "maps")["robustness"]["sentence"]


def test_all_methods_are_those_the_model_has(run, film, explainer):
    explainer.methods = tuple(method for method in SaliencyMethod if method is not SaliencyMethod.CAM)
    run("explain", film, "--out", "maps", "--methods", "all", "--block", "block1")

    kinds = {one["kind"] for one in told(film.parent / "maps")["maps"]}
    assert kinds == {"mean", "max", "l2", "pca", *(method.value for method in explainer.methods)}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--blocks", "block9"), "it has: block1, block2"),
        (("--methods", "guesswork"), "there are: mean, max"),
        (("--target", "TUBERCULOSIS"), "it has: NORMAL, PNEUMONIA"),
        (("--methods", "cam"), "CAM cannot be made"),
    ],
)
def test_what_the_model_has_not_is_wrong_usage(run, film, explainer, words, sentence):
    explainer.methods = (SaliencyMethod.GRAD_CAM,)
    result = run("explain", film, "--out", "maps", *words)

    assert isinstance(result.exception, WrongUsage)
    assert sentence in str(result.exception)
    assert not (film.parent / "maps").exists()


def test_each_film_of_a_folder_gets_a_folder_of_its_own(run, folder):
    result = run("explain", folder, "--out", "maps")

    assert result.exit_code == 0
    out = folder.parent / "maps"
    assert sorted(path.name for path in out.iterdir()) == ["0001_a", "0002_b_c"]
    assert told(out / "0002_b_c")["film"] == "b c.dcm"
    assert "2 films written to maps" in result.output


def test_a_film_of_a_folder_that_cannot_be_read_is_told_and_the_others_are_written(run, folder, loader):
    loader.outcomes = {"a.dcm": DecodeError("a.dcm is cut short.")}

    result = run("explain", folder, "--out", "maps")

    assert result.exit_code == 3
    assert told(folder.parent / "maps" / "0001_a")["status"] == "failed"
    assert told(folder.parent / "maps" / "0002_b_c")["status"] == "explained"
    assert "1 of them refused or failed" in result.output


def test_pictures_of_an_earlier_run_are_no_films(run, folder, monkeypatch):
    out = folder / "maps"
    out.mkdir()
    for name in ("film.png", "network_input.png"):
        (out / name).touch()
    services = wiring.make_services(None, "cpu")

    def discover(paths, cancel):
        return (Instance(FilmSource(path)) for path in sorted(paths[0].rglob("*")) if path.is_file())

    monkeypatch.setattr(wiring, "make_services", lambda model, device: replace(services, discover=discover))

    assert "2 films written" in run("explain", folder, "--out", out).output
    assert "No films were found but those" in str(run("explain", out, "--out", out).exception)


def test_quiet_says_nothing(run, folder):
    assert run("explain", folder, "--out", "maps", "--quiet").output == ""


def test_a_damaged_film_is_one_sentence(run, film, loader):
    loader.outcomes = {"a.dcm": DecodeError("a.dcm is cut short.")}

    assert isinstance(run("explain", film, "--out", "maps").exception, DecodeError)
    assert loader.closed


def test_a_refused_film_is_named(run, film, loader, monkeypatch):
    refusal = RefusedImage("This is a CT image.", "WRONG_MODALITY")
    services = make_services(loader, FakePredictor(answers={make_film("a.dcm").facts.sha256: refusal}))
    monkeypatch.setattr(wiring, "make_services", lambda model, device: services)

    result = run("explain", film, "--out", "maps")

    assert isinstance(result.exception, RefusedImage)
    assert (str(result.exception), result.exception.code) == ("a.dcm: This is a CT image.", "WRONG_MODALITY")


def test_a_folder_that_cannot_be_made_is_one_sentence(run, film):
    assert isinstance(run("explain", film, "--out", film / "maps").exception, StoreError)


def test_a_run_that_is_stopped_says_how_far_it_came(run, folder, explainer, monkeypatch):
    from radassist.domain.cancellation import Cancelled

    def stop(film, wish, cancel):
        raise Cancelled
        yield

    monkeypatch.setattr(explainer, "saliency", stop)
    result = run("explain", folder, "--out", "maps")

    assert isinstance(result.exception, UserError)
    assert "0 of 2 films" in str(result.exception)


def test_every_film_that_was_explained_is_a_line_of_the_record(run, folder, loader, tmp_path):
    loader.outcomes = {"a.dcm": DecodeError("a.dcm is cut short.")}
    run("explain", folder, "--out", "maps")

    lines = [json.loads(line) for line in (tmp_path / "home" / "data" / "audit.jsonl").read_text().splitlines()]
    assert [(line["act"], line["what"]) for line in lines] == [("exported", "explanation")]
    assert run("audit", "verify").exit_code == 0


def test_what_is_made_of_scores_alone_does_not_ask_what_else_the_model_can(run, film, monkeypatch):
    class Lean(FakeExplainer):
        @property
        def methods(self):
            raise AssertionError("the network would be opened")

        @methods.setter
        def methods(self, value):
            pass

    monkeypatch.setattr(wiring, "make_explainer", lambda model, predictor: Lean())
    result = run("explain", film, "--out", "maps", "--methods", "mean,occlusion", "--blocks", "block1")

    assert result.exit_code == 0
    assert {one["kind"] for one in told(film.parent / "maps")["maps"]} == {"mean", "occlusion"}
