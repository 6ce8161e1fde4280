"""The real parts behind the use cases."""

import json
import threading
from contextlib import closing
from dataclasses import replace

import pytest
from helpers.fakes import make_analysis, make_answer, make_film, make_items, make_services
from helpers.models import save_model
from helpers.peers import free_port

from radassist import wiring
from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import DecodeError, ModelUnavailable, UserError
from radassist.domain.node_choice import NodeChoice
from radassist.domain.reading import SeenScore
from radassist.domain.study import Identity
from radassist.export.csv_table import write_csv
from radassist.paths import samples_dir
from radassist.workflow.analyse import FilmLoaded, FilmScored, analyse_film
from radassist.workflow.outcome import conclude


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("RADASSIST_HOME", str(tmp_path))
    save_model(tmp_path / "data" / "models" / "tiny")
    return tmp_path


def test_a_sample_goes_all_the_way_from_file_to_analysis(home):
    services = wiring.make_services("tiny", "cpu")
    with closing(services.loader):
        (found,) = services.discover([samples_dir() / "films" / "RAD-0012"], CancelToken())
        loaded, scored = analyse_film(found.source, services, with_blocks=True)

    assert isinstance(loaded, FilmLoaded)
    assert (loaded.radiograph.height, loaded.radiograph.width) == (816, 1000)
    assert isinstance(scored, FilmScored)
    assert scored.analysis.geometry.film_size == (816, 1000)
    assert [found.block.name for found in scored.analysis.feature_maps] == ["block1", "block2"]


def test_while_a_batch_is_scored_every_decoder_has_a_film_to_read(home):
    others = set(threading.enumerate())
    services = wiring.make_services("tiny", "cpu")
    with closing(services.loader):
        decoders = [thread for thread in set(threading.enumerate()) - others if thread.name.startswith("decoder-")]

    assert decoders
    assert services.films_ahead >= services.batch_size + len(decoders)


def test_an_unknown_model_is_said_when_it_is_asked_for(home):
    services = wiring.make_services("nobodys", "cpu")
    with closing(services.loader), pytest.raises(ModelUnavailable, match="nobodys"):
        services.make_predictor()


def test_a_network_is_looked_through_by_the_models_id(home):
    facts = wiring.read_network("tiny")
    assert (facts.model, set(facts.fields)) == ("tiny", {"block1", "block2"})
    assert facts.totals.parameters == sum(layer.parameters for layer in facts.layers)
    with pytest.raises(ModelUnavailable, match="nobodys"):
        wiring.read_network("nobodys")


def scored_item():
    film = make_film(identity=Identity(study_uid="1.2.3"))
    return conclude(make_items("a.dcm")[0].started(), make_analysis(film), film)


def test_the_windows_table_names_studies_by_this_users_keys(home):
    wiring.write_results([scored_item()], home / "a.json")
    wiring.write_results([scored_item()], home / "b.json")

    (first,), (second,) = (json.loads((home / name).read_text()) for name in ("a.json", "b.json"))
    assert first["study_key"] == second["study_key"] != "1.2.3"
    assert len(first["study_key"]) == 16


def test_other_names_than_json_get_a_csv_with_the_columns_of_the_model(home):
    failed = conclude(make_items("a.dcm")[0].started(), DecodeError("a.dcm is cut short."))

    wiring.write_results([failed], home / "table.csv", labels=("NORMAL", "PNEUMONIA"))

    assert "p_NORMAL,p_PNEUMONIA" in (home / "table.csv").read_text()


def test_labels_that_only_the_answers_know_have_columns_too(home):
    wiring.write_results([scored_item()], home / "table.csv")
    keys = wiring.make_keys()
    write_csv([scored_item()], home / "other.csv", labels=("NORMAL", "PNEUMONIA"), keys=keys)

    assert (home / "table.csv").read_text() == (home / "other.csv").read_text()


def test_identified_keys_are_the_uids(home):
    assert wiring.make_keys(identified=True).key("1.2.3") == "1.2.3"


def test_tables_tell_what_readers_said_and_their_notes_only_where_asked_for(home):
    item = scored_item()
    with closing(wiring.open_results()) as results:
        wiring.write_results([item], home / "before.json", readings=results.readings)
        seen = SeenScore.of(item.analysis)
        results.readings.add(make_answer(item.film_sha256, seen=seen, note="Call Jane Doe."))
        wiring.write_results([item], home / "after.json", readings=results.readings)
        identified = wiring.reader_columns([item], results.readings, identified=True)

    (before,), (after,) = (json.loads((home / name).read_text()) for name in ("before.json", "after.json"))
    assert "reader_answer" not in before
    assert (after["reader_answer"], after["reader_blind"]) == ("agree", "no")
    assert "Jane" not in str(after)
    assert identified.values(item.film_sha256, ())[-1] == "Call Jane Doe."


def test_the_explainer_is_of_the_model_that_was_loaded(home):
    services = wiring.make_services("tiny", "cpu")
    with closing(services.loader):
        predictor = services.make_predictor()
    assert [block.name for block in wiring.make_explainer("tiny", predictor).blocks] == ["block1", "block2"]
    save_model(home / "data" / "models" / "tiny", seed=8)
    with pytest.raises(ModelUnavailable, match="has changed"):
        wiring.make_explainer("tiny", predictor)


def test_films_are_received_as_was_chosen_and_results_go_where_they_should(home):
    told: list[str] = []
    choice = NodeChoice(True, "HERE", port=free_port(), callers=("SENDER",), send_to="AWAY@127.0.0.1:1")
    with wiring.open_reception(choice, make_services(), told.append) as reception:
        assert reception.place == f"HERE at 127.0.0.1:{choice.port}"
        assert reception.take_new() == []
        assert reception.results is not None
    with wiring.open_reception(replace(choice, send_to=""), make_services(), told.append) as reception:
        assert reception.results is None
    with pytest.raises(UserError), wiring.open_reception(replace(choice, send_to="NOBODY"), make_services(), print):
        pass
    assert told == []
