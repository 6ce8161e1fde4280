import os
import platform
import sys
from pathlib import Path

import pytest
import torch

from radassist.domain.errors import ModelUnavailable
from radassist.inference import device
from radassist.inference.device import choose_device, cpu, limit_threads, usable_cores


@pytest.fixture
def two_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "may_have_graphics_processor", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda number: f"NVIDIA Test {number}")


@pytest.fixture
def no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "may_have_graphics_processor", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)


def test_the_cpu_is_always_there_and_says_its_cores() -> None:
    choice = choose_device("cpu")
    assert choice.name == "cpu"
    assert choice.is_cpu
    assert choice.words.startswith("CPU (")
    assert str(usable_cores()) in choice.words


def test_auto_takes_the_first_card(two_cards: None) -> None:
    choice = choose_device("auto")
    assert (choice.name, choice.words) == ("cuda:0", "NVIDIA Test 0 (CUDA)")
    assert not choice.is_cpu


def test_auto_without_a_card_is_the_cpu_and_says_why(no_card: None) -> None:
    assert choose_device().name == "cpu"
    assert "No graphics processor" in choose_device().why


@pytest.mark.parametrize(("wanted", "name"), [("cuda", "cuda:0"), ("cuda:0", "cuda:0"), ("cuda:1", "cuda:1")])
def test_a_card_is_taken_by_its_number(two_cards: None, wanted: str, name: str) -> None:
    assert choose_device(wanted).name == name


@pytest.mark.parametrize("wanted", ["cuda:2", "cuda:-1", "cuda:x"])
def test_a_card_that_is_not_there_is_one_sentence(two_cards: None, wanted: str) -> None:
    with pytest.raises(ModelUnavailable, match=r"torch sees 2 CUDA device\(s\); try 'auto' or 'cpu'"):
        choose_device(wanted)


@pytest.mark.parametrize("wanted", ["cuda", "cuda:0", "mps", "tpu", ""])
def test_what_this_machine_does_not_have_is_one_sentence(no_card: None, wanted: str) -> None:
    with pytest.raises(ModelUnavailable, match=f"no device '{wanted}'"):
        choose_device(wanted)


def test_apples_processor_is_taken_where_it_is(no_card: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: True)
    assert choose_device("mps").name == choose_device("auto").name == "mps"


def test_one_core_is_not_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {3}, raising=False)
    assert cpu("").words == "CPU (1 core)"


def test_threads_are_limited_but_never_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    before = torch.get_num_threads()
    try:
        monkeypatch.setattr(os, "sched_getaffinity", lambda _process: set(range(64)), raising=False)
        torch.set_num_threads(20)
        limit_threads()
        assert torch.get_num_threads() == 8
        torch.set_num_threads(1)
        limit_threads()
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)


def test_torch_is_not_asked_where_there_is_no_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device, "may_have_graphics_processor", lambda: False)
    monkeypatch.setattr(device, "import_torch", lambda: pytest.fail("torch was imported"))
    assert choose_device("auto").name == choose_device("cpu").name == "cpu"


def test_without_torch_a_card_is_not_there_and_auto_is_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setattr(device, "may_have_graphics_processor", lambda: True)
    assert choose_device("auto").name == "cpu"
    with pytest.raises(ModelUnavailable, match="no device 'cuda'"):
        choose_device("cuda")


def test_a_driver_is_seen_by_its_files(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(device, "_DRIVER_FILES", (str(tmp_path / "nvidiactl"),))
    assert not device.may_have_graphics_processor()
    (tmp_path / "nvidiactl").touch()
    assert device.may_have_graphics_processor()


@pytest.mark.parametrize(("machine", "expected"), [("arm64", True), ("x86_64", False)])
def test_apples_own_processors_bring_one(monkeypatch: pytest.MonkeyPatch, machine: str, expected: bool) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(platform, "machine", lambda: machine)
    assert device.may_have_graphics_processor() is expected


def test_what_needs_torch_says_so_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    device.require_torch("Saliency maps")
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(ModelUnavailable, match="Saliency maps need torch, which cannot be loaded on this machine"):
        device.require_torch("Saliency maps")


def test_the_likely_device_is_named_without_torch(tmp_path, monkeypatch):
    monkeypatch.setattr(device, "may_have_graphics_processor", lambda: False)
    assert device.likely_device().startswith("CPU (")

    monkeypatch.setattr(device, "may_have_graphics_processor", lambda: True)
    monkeypatch.setattr(device, "_NVIDIA_CARDS", tmp_path)
    assert device.likely_device() == "a graphics processor, if torch can use it"

    (tmp_path / "0000:01:00.0").mkdir()
    (tmp_path / "0000:01:00.0" / "information").write_text("Model: \t\t NVIDIA H200\nIRQ: 5\n")
    assert device.likely_device() == "NVIDIA H200 (CUDA)"
