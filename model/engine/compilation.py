"""Source text compiled by numba, which is imported by that text alone; machine code is kept in a folder."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from model.engine.source import IMPORTS, with_decorators
from model.errors import InputError
from model.language import _
from model.storage.atomic import write_atomically
from model.storage.private import private_folder


def need_numba() -> None:
    """See that numba is there.

    Raises:
        InputError: It is not installed, or cannot be loaded.
    """
    try:
        importlib.import_module("numba")
    except ModuleNotFoundError as error:
        if error.name != "numba":
            raise InputError(_("The engine numba cannot be loaded: {error}.").format(error=error)) from error
        raise InputError(
            _("The engine numba is not installed: pip install 'roommate-tui[fast]' brings it.")
        ) from error
    except Exception as error:  # whatever a numba that does not fit this numpy or Python ends in
        raise InputError(_("The engine numba cannot be loaded: {error}.").format(error=error)) from error


def _path(text: str, folder: Path) -> Path:
    return folder / f"passes_{hashlib.sha256(with_decorators(text).encode()).hexdigest()[:24]}.py"


def is_kept(text: str, folder: Path | None) -> bool:
    """Whether the machine code of a text is there from an earlier time."""
    return folder is not None and _path(text, folder).exists()


def compiled(text: str, folder: Path | None, given: tuple[Any, ...]) -> Callable[..., tuple[int, bool]]:
    """Compile a text; this may take half a minute, and a moment where its machine code has been kept.

    Args:
        text: As `source_of` gives it.
        folder: Where the machine code is kept; None, or one that cannot be written: nowhere.
        given: What `train` will be called with, behind the passes.

    Returns:
        ``train``, called without the passes.
    """
    module = None
    if folder is not None:
        try:
            private_folder(folder)
            path, content = _path(text, folder), with_decorators(text).encode()
            if not path.exists() or path.read_bytes() != content:
                write_atomically(path, content, overwrite=True, private=True)
            module = _imported(path, given)
        except Exception:  # a folder that cannot be written, a full disk, a file that was cut off: then without it
            module = None
    if module is None:
        module = ModuleType("passes")
        exec(compile(with_decorators(text), "passes", "exec"), module.__dict__)
        module.prepare(*given)
    return partial(module.train, module.forward, module.forward_alone, module.backward)


def interpreted(text: str) -> Callable[..., tuple[int, bool]]:
    """The same as Python, slowly and without numba: what is compiled can be looked at and tested so."""
    module = ModuleType("passes")
    exec(compile(IMPORTS + text, "passes", "exec"), module.__dict__)
    train = np.errstate(all="ignore")(module.train)
    return partial(train, module.forward, module.forward_alone, module.backward)


def _imported(path: Path, given: tuple[Any, ...]) -> ModuleType:
    if path.stem in sys.modules:
        return sys.modules[path.stem]
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)  # numba looks for it there
    try:
        spec.loader.exec_module(module)
        module.prepare(*given)
    except BaseException:
        del sys.modules[path.stem]
        raise
    return module
