"""However an organisation is spoilt, no part of orgcode loses its way."""

from __future__ import annotations

import pytest

from orgcode.actions.addressing import things_of
from orgcode.actions.build import site_files
from orgcode.actions.listing import WORDS
from orgcode.checking.check import check
from orgcode.documents.loading import load
from orgcode.i18n.translator import Translator
from orgcode.law.who_decides import who_decides
from orgcode.model.effect import KINDS
from orgcode.model.org import Org
from orgcode.reporting.decisions import decisions_as_data, report_decisions
from orgcode.reporting.findings import report
from orgcode.reporting.json import write_json
from orgcode.reporting.listing import report_list, report_list_as_json
from orgcode.reporting.things import report_thing, report_thing_as_json
from orgcode.reporting.values import Values
from tests.attacks.mutations import spoil
from tests.checking.demo import DAY
from tests.checking.examples import Tree

SEEDS = 16
DEEP_SEEDS = 3000


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_spoilt_organisation_is_answered_about(seed: int) -> None:
    use_everything(load(Tree(spoil(seed)), DAY), seed)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(SEEDS, SEEDS + DEEP_SEEDS))
def test_many_more_spoilt_organisations_are_answered_about(seed: int) -> None:
    use_everything(load(Tree(spoil(seed)), DAY), seed)


def use_everything(org: Org, seed: int) -> None:
    """Check, list, show, decide and build; the seed shares out the two languages."""
    for language in ("nl", "en"):
        translator = Translator(language)
        found = check(org)
        assert report(found, "text", translator)
        assert report(found, "json", translator)
        assert report(found, "github", translator)
    translator = Translator(("nl", "en")[seed % 2])
    values = Values(org, translator)
    for kind in KINDS:
        assert report_decisions(who_decides(org, kind), org, translator) is not None
    for kind in WORDS:
        things = tuple(things_of(org, kind).values())
        report_list(things, org, translator)
        report_list_as_json(kind, things, org, values)
        for thing in things:
            decisions = who_decides(org, thing)
            said = report_decisions(decisions, org, translator)
            data = decisions_as_data(decisions, org, translator)
            assert write_json(data)
            assert report_thing(kind, thing.id, thing, org, translator, (said,))
            assert report_thing_as_json(kind, thing.id, thing, org, data)
    site = site_files(org)
    for path in site:
        assert isinstance(site[path], bytes)
