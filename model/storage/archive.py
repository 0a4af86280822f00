"""JSON objects and archives of arrays (``.npz``) both ways; nothing is unpickled, nothing too large unpacked."""

from __future__ import annotations

import io
import json
import math
import sys
import zipfile
from collections.abc import Callable, Collection, Mapping
from typing import BinaryIO, NoReturn

import numpy as np

from model.arrays import Array
from model.errors import FileError
from model.foreign_text import json_text
from model.language import _
from model.roommate.naming import cut
from model.roommate.typed_numbers import MAX_DIGITS
from model.storage.encoding import encoding_of
from model.storage.files import MAX_BYTES

ABOUT = "about"
"""The member of an archive that holds JSON."""


def json_of(document: Mapping[str, object]) -> str:
    """A document as JSON that any program reads.

    Raises:
        FileError: A number in it is not finite, which JSON has no word for.
    """
    try:
        return json_text(document, nulls=False)
    except ValueError:
        raise FileError(_("A number is not finite, and no file can hold that: nothing was written.")) from None


def parse_json(data: bytes, blame: Callable[[str], NoReturn]) -> dict[str, object]:
    """The JSON object in the bytes of a file."""
    name, skipped = encoding_of(data)
    try:
        text = data[skipped:].decode(name)
    except UnicodeDecodeError:
        blame(_("it is neither JSON nor .npz"))
    return _object_in(text, blame)


def _object_in(text: str, blame: Callable[[str], NoReturn]) -> dict[str, object]:
    """The JSON object that a text is; NaN, and what is larger than any number here could be, become infinite."""
    try:
        document = json.loads(text, parse_constant=lambda _infinity: math.inf, parse_int=_whole)
    except json.JSONDecodeError as error:
        blame(
            _("it is not JSON, or cut off: {what} in line {line}, column {column}").format(
                what=error.msg, line=error.lineno, column=error.colno
            )
        )
    except RecursionError:
        blame(_("it is not JSON that can be read: it is nested too deeply"))
    if not isinstance(document, dict):
        blame(_("its JSON is not an object"))
    return document


def _whole(digits: str) -> int | float:
    """A whole number as JSON writes it; infinite where it is longer than Python would like to read."""
    return int(digits) if len(digits) <= MAX_DIGITS else math.copysign(math.inf, -1 if digits[0] == "-" else 1)


def pack(about: Mapping[str, object], arrays: Mapping[str, Array]) -> bytes:
    """An ``.npz`` file of arrays, and of JSON under the name ``about``; `unpack` reads it.

    Raises:
        FileError: As for `json_of`.
    """
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **{ABOUT: np.array(json_of(about))}, **arrays)
    return buffer.getvalue()


def unpack(
    data: bytes, wanted: Collection[str], blame: Callable[[str], NoReturn], most: int | None = None
) -> dict[str, object]:
    """Arrays of an ``.npz`` file, and what its ``about`` says; nothing unpickled, nothing too large unpacked.

    Args:
        data: The bytes of the file.
        wanted: The names of the arrays, which need not be there. Other members, such as those that macOS adds, are
            not looked at.
        blame: What says that the file is bad.
        most: The bytes that they may have; `MAX_BYTES` by default.
    """
    most = MAX_BYTES if most is None else most
    members = (ABOUT, *wanted)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = (
                entry.file_size for entry in archive.infolist() if entry.filename.removesuffix(".npy") in members
            )
            if sum(sizes) > most:
                blame(_("unpacked it is larger than {most} MB").format(most=most // 2**20))
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            found = {name: _member(arrays, name, blame) for name in members if name in arrays.files}
    except FileError:
        raise
    except Exception as error:  # numpy and zipfile raise a dozen kinds for damaged archives
        blame(_("it is a damaged .npz file ({error})").format(error=cut(str(error) or type(error).__name__)))
    about = found.pop(ABOUT, None)
    for name, array in found.items():
        if array.dtype.kind not in "biuf":
            blame(_('"{name}" is not an array of numbers').format(name=name))
    return {**found, **_about_in(about, blame)}


def unpack_about(file: BinaryIO, blame: Callable[[str], NoReturn], most: int) -> dict[str, object]:
    """What the ``about`` of an ``.npz`` file says, without reading its arrays.

    Args:
        file: The file.
        blame: What says that it is bad.
        most: The bytes that this may have.
    """
    try:
        with zipfile.ZipFile(file) as archive, archive.open(f"{ABOUT}.npy") as member:
            data = member.read(most + 1)
        if len(data) > most:
            blame(_("what it says of itself is larger than {most} MB").format(most=most // 2**20))
        about = np.lib.format.read_array(io.BytesIO(data), allow_pickle=False)
    except FileError:
        raise
    except Exception as error:  # as in `unpack`
        blame(_("it is a damaged .npz file ({error})").format(error=cut(str(error) or type(error).__name__)))
    return _about_in(about, blame)


def _about_in(about: Array | None, blame: Callable[[str], NoReturn]) -> dict[str, object]:
    if about is None or about.ndim or about.dtype.kind != "U":
        blame(_('it has no "about"'))
    codes = about.reshape(1).view(np.dtype(np.uint32).newbyteorder(about.dtype.byteorder))
    if (codes > sys.maxunicode).any():  # numpy does not mind, and makes texts of it that Python cannot bear
        blame(_('its "about" is not text'))
    return _object_in(str(about), blame)


def _member(arrays: Mapping[str, Array], name: str, blame: Callable[[str], NoReturn]) -> Array:
    """One array; those of other floating-point numbers become float64, infinite where they are too large for it."""
    try:
        array = np.asarray(arrays[name])
    except ValueError as error:
        if "Object arrays" not in str(error):
            raise
        blame(_('it has no "about"') if name == ABOUT else _('"{name}" is not an array of numbers').format(name=name))
    with np.errstate(all="ignore"):
        return array.astype(np.float64) if array.dtype.kind == "f" else array
