"""The architectures this program knows, by name. Families register themselves; `create_network` builds one."""

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from radassist.domain.analysis import BlockSpec
from radassist.domain.errors import ModelUnavailable

if TYPE_CHECKING:
    from torch import Tensor


class Network(Protocol):
    """A torch module that publishes its blocks. Its forward maps (N, C, H, W) float32 to logits (N, labels)."""

    blocks: tuple[BlockSpec, ...]
    input_shape: tuple[int, int, int]
    """(channels, height, width) it is meant for."""

    def __call__(self, batch: "Tensor") -> "Tensor":
        """Logits (N, labels) of a batch (N, C, H, W)."""
        ...


Factory = Callable[..., Any]

# Which module registers what: naming the architectures costs no torch, building one imports its family only.
_FAMILIES = {
    "densenet121": "backbones",
    "efficientnet_b0": "backbones",
    "efficientnet_lite0": "efficientnet_lite",
    "efficientnet_lite1": "efficientnet_lite",
    "efficientnet_lite2": "efficientnet_lite",
    "gap_cnn": "gap_cnn",
    "lenet": "lenet",
    "mlp": "mlp",
    "pneumonia_cnn": "pneumonia_cnn",
    "resnet18": "backbones",
    "resnet50": "backbones",
    "simple_cnn": "simple_cnn",
    "simple_cnn3": "simple_cnn",
    "vgg11": "backbones",
}
_ARCHITECTURES: dict[str, Factory] = {}


def register_architecture(name: str) -> Callable[[Factory], Factory]:
    """Make a factory known as `name`; its keyword arguments are the architecture's configuration.

    Raises:
        ValueError: If the name is taken.
    """

    def register(factory: Factory) -> Factory:
        if name in _ARCHITECTURES:
            raise ValueError(f"architecture {name!r} is registered twice")
        _ARCHITECTURES[name] = factory
        return factory

    return register


def create_network(name: str, **config: Any) -> Any:
    """A new, untrained network: a `torch.nn.Module` that satisfies `Network`.

    Raises:
        ModelUnavailable: If there is no such architecture or it does not take this configuration.
    """
    names = list_architectures()
    if name not in names:
        raise ModelUnavailable(f"There is no architecture {name!r}; there are: {', '.join(names)}.")
    if name not in _ARCHITECTURES:
        import_module(f"radassist.networks.{_FAMILIES[name]}")
    try:
        return _ARCHITECTURES[name](**config)
    except (TypeError, ValueError, RuntimeError) as error:
        raise ModelUnavailable(f"Architecture {name!r} cannot be built with this configuration: {error}.") from error


def list_architectures() -> tuple[str, ...]:
    """Names of all architectures, sorted."""
    return tuple(sorted(_FAMILIES.keys() | _ARCHITECTURES.keys()))
