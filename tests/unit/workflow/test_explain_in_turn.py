"""A shared explainer, asked as the generator over many films asks."""

import pytest
from helpers.explanations import FakeExplainer
from helpers.fakes import FACTS, FakePredictor, make_film

from radassist.domain.cancellation import Cancelled, CancelToken
from radassist.domain.explanation import ChannelRule, RankingWish, SaliencyMethod, SaliencyWish
from radassist.domain.whatif import Box, Edit
from radassist.workflow.explain import SharedExplainer
from radassist.workflow.explain_in_turn import ExplainerInTurn
from radassist.workflow.inference_thread import InferenceThread

WISH = SaliencyWish(SaliencyMethod.GRAD_CAM, "PNEUMONIA", "block1")


@pytest.fixture
def thread():
    made = InferenceThread(FakePredictor)
    yield made
    made.close()


def test_every_question_gets_the_answer_of_the_shared_explainer(thread) -> None:
    cancel, fake, film = CancelToken(), FakeExplainer(), make_film("a")
    one = ExplainerInTurn(SharedExplainer(thread, lambda predictor: fake), cancel)
    *_, found = one.saliency(film, WISH, cancel)
    *_, ranked = one.rank_channels(film, RankingWish("block1", ChannelRule.ABLATION, "PNEUMONIA"), cancel)
    *_, mark = one.trust(film, WISH, cancel)
    *_, strip = one.robustness(film, cancel)

    assert (one.methods, one.blocks) == (fake.methods, fake.blocks)
    assert {answer.result.subject for answer in (found, ranked, mark)} == {one.network_picture(film).subject}
    assert strip.result.is_complete
    assert one.network_facts().model == FACTS.model
    assert one.what_if(film, [Edit(Box(0, 0, 9, 9))]).hidden_share > 0


def test_once_it_is_not_wanted_any_more_nothing_is_answered(thread) -> None:
    cancel = CancelToken()
    one = ExplainerInTurn(SharedExplainer(thread, lambda predictor: FakeExplainer()), cancel)
    cancel.cancel()
    with pytest.raises(Cancelled):
        one.network_picture(make_film("a"))
