"""What a node allows those who call it: the rest of the network is taken for hostile until a film is whole."""

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Quota:
    """How much may lie in the spool.

    Attributes:
        total_bytes: Of all films together.
        films: Their number.
    """

    total_bytes: int = 20_000 * _MIB
    films: int = 100_000


@dataclass(frozen=True, slots=True)
class NodeLimits:
    """Limits of one node.

    Attributes:
        associations: At one time; a caller above it is asked to try later.
        pdu_bytes: The longest protocol data unit of film data that callers are asked to send.
        film_bytes: The largest film.
        bytes_in_flight: Of all films being received at one time, which are in memory until they are whole.
        silence_seconds: To ask for an association, and to end a protocol data unit once it has begun.
        idle_seconds: Between two protocol data units of an association.
    """

    associations: int = 16
    pdu_bytes: int = 1 << 17
    film_bytes: int = 256 * _MIB
    bytes_in_flight: int = 512 * _MIB
    silence_seconds: float = 15.0
    idle_seconds: float = 60.0
