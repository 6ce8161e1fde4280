"""`radassist [PATH]...`: the window."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from radassist.cli.terminal import check_exist
from radassist.domain.errors import UserError

_INVISIBLE = ("offscreen", "minimal")


def window(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Files, folders, ZIPs or DICOMDIRs to open.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Model id or folder; the default model when left out.")] = None,
    device: Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")] = "auto",
) -> None:
    """Open the window; the word `window` may be left out."""
    check_exist(paths or [])
    if not names_a_display():
        raise UserError("There is no display to open the window on; `radassist batch` works without one.")
    from radassist.app import run_window

    raise typer.Exit(run_window(paths=paths or (), model=model, device=device))


def names_a_display() -> bool:
    """Whether the environment names a screen, or a Qt platform: on Linux a window cannot be without."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def is_watched() -> bool:
    """Whether somebody can look at the display: Qt's invisible platforms are for tests."""
    return names_a_display() and not os.environ.get("QT_QPA_PLATFORM", "").startswith(_INVISIBLE)
