"""What was made elsewhere is what its manifest says, and nothing else is there."""

from __future__ import annotations

import hashlib
import json

from orgcode import resources


def test_every_file_made_elsewhere_is_unmodified_and_has_its_licence() -> None:
    files = json.loads(resources.read_template("assets/vendored.json"))["files"]
    for file in files:
        content = resources.read_template(f"assets/{file['path']}")
        assert hashlib.sha256(content).hexdigest() == file["sha256"], file["path"]
        assert resources.read_template(f"assets/{file['licence_file']}")
        assert file["version"]
        assert file["licence"]


def test_everything_in_assets_is_ours_or_in_the_manifest() -> None:
    listed = {
        file["path"]
        for file in json.loads(resources.read_template("assets/vendored.json"))["files"]
    }
    ours = {"handbook.css", "vendored.json"}
    assert set(resources.template_names("assets")) == listed | ours
