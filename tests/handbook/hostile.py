"""An organisation in which every text that people write is one of many hostile strings."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

ORG = """\
orgcode: 1
id: 0b0b9c1e-6f0c-4e0e-8f52-0a6f6f0c4e0e
name: {all}
purpose: {all}
anchor: alle
ruleset: teal@1
languages: [en]
values: {list}
tags: {list}
"""

ALL = """\
name: Alle
kind: anchor
accountabilities: {list}
domains: {list}
metrics: {metrics}
meetings: {meetings}
tags: {list}
"""


def strings(real_data: Path) -> list[str]:
    """The strings, without those that are no text at all (empty or white space)."""
    naughty = json.loads((real_data / "naughty-strings.json").read_text(encoding="utf-8"))
    payloads = json.loads((real_data / "xss-payloads.json").read_text(encoding="utf-8"))
    found = [*naughty, *(payload["payload"] for payload in payloads)]
    return [text for text in found if text.strip()]


def files(texts: list[str]) -> Mapping[str, bytes]:
    """The files: a thing of every kind for each string, and one circle with all of them."""
    quoted = [_quoted(text) for text in texts]
    every = "[" + ", ".join(quoted) + "]"
    made = {
        "org.yaml": ORG.format(all=quoted[0], list=every),
        "circles/alle.yaml": ALL.format(
            list=every,
            metrics="["
            + ", ".join(f"{{name: {q}, value: {q}, unit: {q}, source: {q}}}" for q in quoted)
            + "]",
            meetings="[" + ", ".join(f"{{name: {q}, day: {q}, time: {q}}}" for q in quoted) + "]",
        ),
    }
    for place, q in enumerate(quoted):
        id = f"x{place}"
        made |= {
            f"circles/{id}.yaml": f"name: {q}\nparent: alle\npurpose: {q}\ncontact: {q}\n"
            f"strategy: {q}\ncontext: {{text: {q}}}\n",
            f"roles/{id}.yaml": f"name: {q}\ncircle: {id}\npurpose: {q}\naccountabilities: [{q}]\n"
            f"domains: [{q}]\nskills: [{q}]\ntags: [{q}]\nholders: [{{person: {id}, focus: {q}}}]\n"
            f"ended: {{on: 2020-01-01, because: {q}}}\n",
            f"people/{id}.yaml": f"name: {q}\npronouns: {q}\nskills: [{q}]\nabout: {q}\n",
            f"policies/{id}.yaml": f"title: {q}\ncircle: {id}\ntext: {q}\n",
            f"agreements/{id}.yaml": f"title: {q}\nkind: decision\ncircle: {id}\ntext: {q}\n",
            f"objectives/{id}.yaml": f"title: {q}\ncircle: {id}\n"
            f"key_results: [{{name: {q}, unit: {q}}}]\ntext: {q}\n",
            f"tensions/{id}.yaml": f"title: {q}\nsensed_by: {id}\ntext: {q}\n"
            f"closed: {{on: 2020-01-01, because: {q}}}\n",
            f"pages/{id}.md": f"# Page\n\n{texts[place]}\n",
        }
    return {path: text.encode("utf-8", "replace") for path, text in made.items()}


def _quoted(text: str) -> str:
    """The text as YAML holds anything: in double quotes, what does not print by its number."""
    return _UNPRINTABLE.sub(
        lambda match: f"\\U{ord(match[0]):08X}", json.dumps(text, ensure_ascii=False)
    )


_UNPRINTABLE = re.compile("[\\x7f-\\x9f\\u2028\\u2029\\ufeff\\ufffe\\uffff\\ud800-\\udfff]")
