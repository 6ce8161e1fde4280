"""What the use cases need from the outside."""

from helpers.fakes import FakePredictor

from radassist.workflow.inference_thread import InferenceThread
from radassist.workflow.services import SharedPredictor


def test_a_predictor_is_known_as_shared_without_waiting_for_its_model():
    def never_asked():
        raise AssertionError("the model was loaded")

    shared = InferenceThread(never_asked)

    assert isinstance(shared, SharedPredictor)
    assert not isinstance(FakePredictor(), SharedPredictor)
    shared.close()
