"""What the use cases need from the outside."""

from helpers.fakes import make_services


def test_decoders_have_films_to_read_while_the_model_works():
    services = make_services(batch_size=8)

    assert services.films_ahead > services.batch_size
