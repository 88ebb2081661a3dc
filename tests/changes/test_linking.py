"""What links to a page or picture, where that is more than things."""

from __future__ import annotations

from datetime import date

from orgcode.changes.effects import effects
from orgcode.documents.loading import load
from orgcode.model.org import Org
from orgcode.model.snapshot import Files

DAY = date(2027, 3, 1)
ORG = """\
orgcode: 1
id: 0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e
name: Open
anchor: buurt
ruleset: teal@1
notes: Zie [de week](pages/week.md).
"""


def org(page: str) -> Org:
    files = {
        "org.yaml": ORG,
        "circles/buurt.yaml": "name: Buurt\nkind: anchor\n",
        "policies/week.yaml": "title: Week\ncircle: buurt\ntext: Zie [hier](../pages/week.md).\n",
        "pages/week.md": page,
    }
    return load(Files({path: text.encode() for path, text in files.items()}), DAY)


def test_a_page_to_which_org_yaml_links_changes_like_any_other() -> None:
    found = effects(org("# Week\n"), org("# De week\n"), ["pages/week.md"])
    assert [(effect.kind, effect.thing) for effect in found] == [
        ("page.amended", "pages/week.md"),
        ("policy.page", "policies/week"),
    ]
