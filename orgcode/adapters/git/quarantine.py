"""Objects that are being pushed lie apart until the hook has let them in (see git-receive-pack)."""

from __future__ import annotations

import os
from pathlib import Path


def quarantine(common_folder: Path) -> Path | None:
    """The folder of the objects that are being pushed to this repository; None outside a hook.

    The environment says where it is; it is believed only about a folder inside the repository's
    own objects.
    """
    named = os.environ.get("GIT_QUARANTINE_PATH")
    if not named:
        return None
    try:
        folder = Path(named).resolve(strict=True)
        objects = (common_folder / "objects").resolve(strict=True)
    except (OSError, RuntimeError, ValueError):
        return None
    return folder if folder.parent == objects and folder.is_dir() else None
