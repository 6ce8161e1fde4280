"""Finds the files to read below the paths a person gave: in folders, in ZIP archives, beside a DICOMDIR.

It only lists. What a file is, and whose, is found out by the reader in a decoder child: no header is parsed here, so
`Instance.identity` is None, and `DecoderPool.identify` fills it in for those who want it before the film is read.
"""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from radassist.domain.cancellation import CancelToken
from radassist.domain.errors import UserError
from radassist.domain.study import FilmSource, Instance
from radassist.imaging.archive import list_members
from radassist.imaging.signatures import has_preamble, is_jpeg, is_png, is_tiff
from radassist.imaging.sources import read_head

_HEAD_BYTES = 132
_LITTER_NAMES = frozenset({"licence", "license", "copying", ".ds_store"})
_TEXT_SUFFIXES = {".txt", ".md", ".csv", ".tsv", ".htm", ".html", ".xml", ".css", ".js", ".log", ".ini", ".inf", ".url"}
_OFFICE_SUFFIXES = {".pdf", ".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".rtf", ".odt", ".ods"}
_PROGRAM_SUFFIXES = {".exe", ".dll", ".jar", ".bat", ".lnk", ".db"}
_LITTER_SUFFIXES = frozenset(_TEXT_SUFFIXES | _OFFICE_SUFFIXES | _PROGRAM_SUFFIXES)
_NUMBER = re.compile("0*([0-9]+)")


def discover(paths: Sequence[Path], cancel: CancelToken) -> Iterator[Instance]:
    """Every file at or below `paths`, once, film or not, folder by folder in natural order (IMG2 before IMG10).

    - A file or link that is named is always among them. A named DICOMDIR stands for its folder, which is walked
      whole, so that nothing the index says can point outside.
    - In a folder only `is_litter` is passed over. A link to something in the same folder is not followed, because that
      is found under its own name. All else is an instance which the reader will refuse: links that lead out of the
      folder or nowhere, pipes, sockets, devices, and folders that may not be listed.
    - An archive is opened where its name ends in `.zip`. One that holds nothing to read, or is damaged, is an instance
      itself; so is an archive inside an archive.

    Raises:
        UserError: Before the first instance, if one of `paths` is not there.
        Cancelled: As soon as `cancel` is cancelled.
    """
    search = _Search(cancel)
    for path in [_resolved(path) for path in paths]:
        yield from search.named(path)


def is_litter(path: Path, *, is_hidden: bool) -> bool:
    """Whether a file found in a folder is one of those that lie beside films and are none.

    Hidden files, and those whose name says text, office or program, unless they begin like a film: a DICOM file may
    have any name.

    Args:
        path: The file, of any kind; only a regular one is opened.
        is_hidden: Whether the file or a folder above it is hidden.
    """
    return (is_hidden or has_litter_name(path)) and not _begins_like_a_film(path)


def has_litter_name(path: PurePath) -> bool:
    """Whether a name says text, office or program."""
    return path.suffix.lower() in _LITTER_SUFFIXES or path.name.lower() in _LITTER_NAMES


@dataclass(slots=True)
class _Level:
    """A folder on the way down: what is left of it, and whether it is hidden or lies in one that is."""

    entries: Iterator["os.DirEntry[str]"]
    is_hidden: bool


class _Search:
    """One search through all paths, with what it has met so far."""

    def __init__(self, cancel: CancelToken) -> None:
        self._cancel = cancel
        self._files: set[str] = set()
        self._folders: set[tuple[int, int]] = set()

    def named(self, path: Path) -> Iterator[Instance]:
        """What is found at a path a person named, already free of links."""
        if path.name.upper() == "DICOMDIR" and path.is_file():
            self._files.add(str(path))
            yield from self._folder(path.parent)
        elif path.is_dir():
            yield from self._folder(path)
        else:
            yield from self._file(path)

    def _folder(self, root: Path) -> Iterator[Instance]:
        # A loop over levels, not recursion: folders may be nested deeper than Python's stack.
        levels: list[_Level] = []
        yield from self._enter(levels, str(root), is_hidden=False)
        while levels:
            self._cancel.raise_if_cancelled()
            level = levels[-1]
            entry = next(level.entries, None)
            if entry is None:
                levels.pop()
                continue
            is_hidden = level.is_hidden or entry.name.startswith(".")
            if _is_folder(entry):
                yield from self._enter(levels, entry.path, is_hidden=is_hidden)
            elif not _leads_inside(entry, root) and not is_litter(Path(entry.path), is_hidden=is_hidden):
                yield from self._file(Path(entry.path))

    def _enter(self, levels: list[_Level], folder: str, *, is_hidden: bool) -> Iterator[Instance]:
        """Go down into `folder` unless it was met before; where it may not be listed, it is itself what was found."""
        try:
            status = Path(folder).stat()
            if (status.st_dev, status.st_ino) not in self._folders:
                self._folders.add((status.st_dev, status.st_ino))
                levels.append(_Level(_sorted_entries(folder), is_hidden))
        except OSError:
            yield from self._file(Path(folder))

    def _file(self, path: Path) -> Iterator[Instance]:
        if str(path) not in self._files:
            self._files.add(str(path))
            members = _films_in(path) if _is_archive(path) else []
            for member in members or [""]:
                self._cancel.raise_if_cancelled()
                yield Instance(FilmSource(path, member))


def _resolved(path: Path) -> Path:
    try:
        return path.resolve(strict=True)
    except FileNotFoundError:
        raise UserError(f"{path} does not exist.") from None
    except PermissionError:
        raise UserError(f"{path} may not be opened: permission is missing.") from None
    except (OSError, RuntimeError, ValueError):  # links in a circle, a name the system does not allow
        raise UserError(f"{path} leads to no file.") from None


def _sorted_entries(folder: str) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(folder) as entries:
        return iter(sorted(entries, key=lambda entry: _natural(entry.name)))


def _natural(name: str) -> tuple[str, str]:
    """A key that sorts numbers in names by value: each follows the count of its digits. Plain text sorts fastest."""
    return _NUMBER.sub(lambda number: f"{len(number[1]):05}{number[1]}", name.casefold()), name


# In a folder that may be listed but not searched, even asking what an entry is raises; such an entry is a file that the
# reader will refuse.


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    with suppress(OSError):
        return entry.is_dir(follow_symlinks=False)
    return False


def _leads_inside(entry: "os.DirEntry[str]", root: Path) -> bool:
    """Whether the entry is a link to something that is found below `root` under its own name."""
    with suppress(OSError):
        return entry.is_symlink() and Path(os.path.realpath(entry.path, strict=True)).is_relative_to(root)
    return False


def _is_archive(path: Path) -> bool:
    with suppress(OSError):
        return path.suffix.lower() == ".zip" and stat.S_ISREG(path.lstat().st_mode)
    return False


def _begins_like_a_film(path: Path) -> bool:
    with suppress(OSError, UserError):
        head = b"" if path.is_symlink() else read_head(FilmSource(path), _HEAD_BYTES)
        return has_preamble(head) or is_png(head) or is_jpeg(head) or is_tiff(head)
    return False


def _films_in(archive: Path) -> list[str]:
    """What an archive holds, litter left out by name alone: its bytes are unpacked in decoder children only."""
    return sorted((name for name in list_members(archive) if not _is_litter_member(PurePosixPath(name))), key=_natural)


def _is_litter_member(member: PurePosixPath) -> bool:
    return "__MACOSX" in member.parts or has_litter_name(member)
