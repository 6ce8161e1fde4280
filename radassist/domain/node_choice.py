"""What the user chose for receiving films over the network."""

import json
from dataclasses import asdict, dataclass
from ipaddress import ip_address


@dataclass(frozen=True, slots=True)
class NodeChoice:
    """Off, and for this machine alone, unless the user says otherwise.

    Attributes:
        is_on: Whether films are received while the window is open.
        title: The program's own application entity title.
        host: The address that it listens on.
        port: Likewise.
        callers: Titles of the systems that may send.
        send_to: Where results go: `TITLE@HOST:PORT`, or a title among the systems kept; empty for nowhere.
    """

    is_on: bool = False
    title: str = "RADASSIST"
    host: str = "127.0.0.1"
    port: int = 11112
    callers: tuple[str, ...] = ()
    send_to: str = ""

    @property
    def is_local(self) -> bool:
        """Whether only this machine reaches it."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"

    def to_text(self) -> str:
        """For the settings."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str) -> "NodeChoice":
        """What `to_text` gave; the default where it is damaged, since that is off."""
        try:
            plain = json.loads(text)
            names = tuple(str(each) for each in plain["callers"])
            return cls(
                plain["is_on"] is True,
                str(plain["title"]),
                str(plain["host"]),
                int(plain["port"]),
                names,
                str(plain["send_to"]),
            )
        except (ValueError, TypeError, KeyError, RecursionError):
            return cls()
