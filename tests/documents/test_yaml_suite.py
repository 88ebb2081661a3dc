"""The YAML test suite: each case is read as YAML 1.2 has it, or there is a finding."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor
from ruamel.yaml.error import YAMLError

from orgcode.documents.facts import read_facts
from orgcode.documents.reading import Reading
from orgcode.documents.shapes import ANYTHING
from orgcode.documents.source import parse
from orgcode.model.facts import Kind

REFUSED = object()


class _DatesAsText(SafeConstructor):
    """ruamel's values, with dates as they are written."""


_DatesAsText.add_constructor("tag:yaml.org,2002:timestamp", SafeConstructor.construct_yaml_str)


def ruamel(text: str) -> object:
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _DatesAsText
    try:
        return with_text_keys(yaml.load(text))
    except (YAMLError, ValueError):
        return REFUSED


def with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            "" if key is None else str(key): with_text_keys(inner) for key, inner in value.items()
        }
    return [with_text_keys(item) for item in value] if isinstance(value, list) else value


@pytest.mark.real_data
def test_each_case_has_the_value_of_yaml_1_2_or_a_finding(real_data: Path) -> None:
    cases = json.loads((real_data / "yaml-test-suite.json").read_bytes())
    assert len(cases) > 400
    same = 0
    for case in cases:
        content = case["yaml"].encode()
        for kind in get_args(Kind):
            read_facts(kind, content)
        source = parse(content)
        if source.flaws:
            continue
        value = None if source.root is None else Reading(source).value(source.root, ANYTHING)
        theirs = ruamel(case["yaml"])
        if theirs is REFUSED:
            # A few documents that the suite calls valid are beyond ruamel: no value to compare.
            assert not case["fail"], case
        else:
            assert value == theirs, case
            same += 1
    assert same > 150
