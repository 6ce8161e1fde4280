import pytest
import torch

from radassist.networks.packing import SCALE_SUFFIX, pack, unpack


def make_state() -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    large = torch.randn(512, 2100) * torch.logspace(-4, 1, 512)[:, None]
    large[3] = 0
    return {
        "large.weight": large,
        "conv.weight": torch.randn(4, 3, 3, 3),
        "norm.running_var": torch.tensor([1e6, 0.1]),
        "norm.num_batches_tracked": torch.tensor(7),
    }


def test_large_matrices_are_kept_in_steps_of_a_127th_of_their_rows_largest_weight() -> None:
    state = make_state()
    packed = pack(state, "int8")
    assert packed["large.weight"].dtype == torch.int8
    error = (unpack(packed)["large.weight"] - state["large.weight"]).abs().amax(dim=1)
    # Half a step, and the step itself is known to eight bits.
    assert (error <= state["large.weight"].abs().amax(dim=1) / 127 * 0.51 + 1e-12).all()
    assert torch.equal(unpack(packed)["large.weight"][3], torch.zeros(2100))


def test_other_weights_are_halved_and_vectors_and_counters_stay_whole() -> None:
    packed = pack(make_state(), "int8")
    assert packed["conv.weight"].dtype == torch.float16
    assert packed["norm.running_var"].dtype == torch.float32
    assert packed["norm.num_batches_tracked"].dtype == torch.int64


@pytest.mark.parametrize("store", ["float32", "float16", "int8"])
def test_packing_again_gives_the_same_numbers(store: str) -> None:
    once = pack(make_state(), store)
    twice = pack(unpack(once), store)
    assert once.keys() == twice.keys()
    assert all(torch.equal(once[name], twice[name]) for name in once)


@pytest.mark.parametrize("store", ["float32", "float16", "int8"])
def test_unpacked_weights_have_the_names_and_shapes_of_the_network(store: str) -> None:
    state = make_state()
    unpacked = unpack(pack(state, store))
    assert {name: tensor.shape for name, tensor in unpacked.items()} == {n: t.shape for n, t in state.items()}
    assert {t.dtype for t in unpacked.values() if t.is_floating_point()} == {torch.float32}


@pytest.mark.parametrize(
    "scale",
    [
        torch.ones(3),
        torch.ones(2, 1),
        torch.zeros(2),
        torch.tensor([1.0, float("nan")]),
        torch.ones(2, dtype=torch.int64),
    ],
    ids=["too many", "another shape", "zero", "not a number", "whole"],
)
def test_a_scale_that_does_not_fit_is_left_for_the_check_of_names_and_types(scale: torch.Tensor) -> None:
    packed = {"a": torch.ones(2, 4, dtype=torch.int8), "a" + SCALE_SUFFIX: scale}
    unpacked = unpack(packed)
    assert unpacked.keys() == packed.keys()
    assert unpacked["a"].dtype == torch.int8
