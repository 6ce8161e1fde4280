"""What can be told without a cluster; joining a real one is tried in tests/end_to_end."""

import builtins
import signal
from types import SimpleNamespace

import pytest

from radassist.cluster import session
from radassist.cluster.session import ClusterUnavailable, Resources, joined


class Ray(SimpleNamespace):
    """A Ray that joins, or raises `error`; it takes over a signal as the real one does."""

    def __init__(self, error=None):
        super().__init__(error=error, asked=[], is_left=False)

    def init(self, **options):
        self.asked.append(options["address"])
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        if self.error:
            raise self.error

    def cluster_resources(self):
        return {"CPU": 6.0, "GPU": 2.0, "memory": 1e9}

    def nodes(self):
        return [{"Alive": True}, {"Alive": False}, {"Alive": True}]

    def shutdown(self):
        self.is_left = True


@pytest.fixture
def ray(monkeypatch):
    def use(error=None):
        ray = Ray(error)
        monkeypatch.setattr(session, "_import_ray", lambda: ray)
        return ray

    return use


def test_a_cluster_is_left_however_the_work_ends(ray):
    cluster = ray()
    with pytest.raises(ZeroDivisionError), joined("head:6379") as resources:
        assert resources == Resources(cores=6, cards=2, machines=2)
        raise ZeroDivisionError

    assert cluster.asked == ["head:6379"]
    assert cluster.is_left


def test_auto_names_no_address(ray):
    cluster = ray()
    with joined("auto"):
        pass

    assert cluster.asked == [None]


def test_the_handlers_of_signals_stay_the_programs_own(ray):
    before = signal.getsignal(signal.SIGTERM)
    ray()
    with joined("auto"):
        assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(
    ("error", "words"), [(ConnectionError(), "no cluster at head:1"), (Exception("x"), "does not come up")]
)
def test_a_cluster_that_is_not_there_is_told_in_one_sentence(ray, error, words):
    ray(error)

    with pytest.raises(ClusterUnavailable, match=words), joined("head:1"):
        pass


def test_without_ray_the_extra_to_install_is_named(monkeypatch):
    real = builtins.__import__
    missing = {"ray": ImportError("no ray")}

    def fake(name, *args, **options):
        if name in missing:
            raise missing[name]
        return real(name, *args, **options)

    monkeypatch.setattr(builtins, "__import__", fake)

    with pytest.raises(ClusterUnavailable, match=r"radassist\[cluster\]"), joined("auto"):
        pass
