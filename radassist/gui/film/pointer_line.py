"""What lies under the pointer, in one line of words."""

from radassist.gui.film.image_view import PointerInfo


def pointer_line(info: PointerInfo | None) -> str:
    """Place and values of the film pixel under the pointer; empty off the film.

    The modality value is told only where it differs from the stored one.
    """
    if info is None:
        return ""
    value = info.value
    if not value.is_picture:
        return (
            f"column {info.column}, row {info.row} · not picture: padding or hidden by the file · shown {value.grey8}"
        )
    modality = "" if value.modality == value.stored else f" · value {value.modality:g}"
    return f"column {info.column}, row {info.row} · stored {value.stored}{modality} · shown {value.grey8}"
