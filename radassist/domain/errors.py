"""Errors a person can act on. Whatever is not a `RadassistError` is a bug and is treated as one."""


class RadassistError(Exception):
    """Base of every error this program raises on purpose."""


class UserError(RadassistError):
    """One plain sentence a radiologist can act on; it names the file or thing and holds no patient data."""


class DecodeError(UserError):
    """The file is damaged, cut short or lies about itself: its pixels cannot be had."""


class UnsupportedImage(UserError):
    """The file is sound, but of a kind this program does not read."""


class RefusedImage(UserError):
    """The film was read, but no score may be given for it.

    Attributes:
        code: Short reason for tables, for instance `NOT_CHEST`.
    """

    def __init__(self, sentence: str, code: str = "REFUSED") -> None:
        super().__init__(sentence)
        self.code = code


class ModelUnavailable(UserError):
    """A model cannot be loaded: unknown name, broken card, wrong checksum, wrong shapes, bad weights."""


class StoreError(UserError):
    """Results cannot be written or read where they were asked for."""
