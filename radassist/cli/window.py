"""`radassist [PATH]...`: the window, and whether there is a display for it."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from radassist.cli.terminal import check_exist
from radassist.domain.errors import UserError

_INVISIBLE = ("offscreen", "minimal")
_X11_LIBRARIES = ("libxcb-cursor.so.0", "libxcb.so.1")
_PROBE = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"
_PROBE_SECONDS = 60


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
    if not window_can_open():
        raise UserError(
            "No window can be opened: the display does not answer, or a system library for it is missing (see "
            "libxcb-cursor0); `radassist batch` works without one."
        )
    from radassist.app import run_window

    raise typer.Exit(run_window(paths=paths or (), model=model, device=device))


def names_a_display() -> bool:
    """Whether the environment names a screen, or a Qt platform: on Linux a window cannot be without."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def is_watched() -> bool:
    """Whether somebody can look at the display: Qt's invisible platforms are for tests."""
    return names_a_display() and not _is_invisible()


def window_can_open() -> bool:
    """Whether Qt finds a way to the display: where on Linux it does not, it aborts the process it is in.

    Asks the X server, which takes milliseconds; only where that does not settle it, tries Qt in another process.
    """
    if not sys.platform.startswith("linux") or _is_invisible():
        return True
    return _x11_answers() or _qt_starts()


def _is_invisible() -> bool:
    return os.environ.get("QT_QPA_PLATFORM", "").startswith(_INVISIBLE)


def _x11_answers() -> bool:
    """Whether Qt would end at an X server that takes this user, and finds the libraries it needs for that."""
    if not os.environ.get("DISPLAY") or os.environ.get("QT_QPA_PLATFORM", "xcb") != "xcb":
        return False
    try:
        xcb = [ctypes.CDLL(name) for name in _X11_LIBRARIES][-1]
    except OSError:
        return False
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    failed = bool(xcb.xcb_connection_has_error(connection))
    xcb.xcb_disconnect(connection)
    return not failed


def _qt_starts() -> bool:
    try:
        probe = subprocess.run([sys.executable, "-c", _PROBE], capture_output=True, timeout=_PROBE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return probe.returncode == 0
