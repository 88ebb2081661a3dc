"""What fields are called: by the words of the ruleset where it has one, else by our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgcode.i18n.translator import Translator
from orgcode.model.message import Message, many, message, one

if TYPE_CHECKING:  # a large module, which nobody else may need
    from orgcode.model.ruleset import Ruleset

ONE = {
    "anchor": "anchor_circle",
    "purpose": "purpose",
    "circle": "circle",
    "role": "role",
    "person": "person",
    "policy": "policy",
    "agreement": "agreement",
    "objective": "objective",
    "tension": "tension",
    "proposal": "proposal",
    "context": "context",
    "strategy": "strategy",
}
"""Fields named by a term of the vocabulary, in the singular."""

MANY = {
    "accountabilities": "accountability",
    "domains": "domain",
    "holders": "holder",
    "members": "member",
    "core_roles": "core_role",
    "key_results": "key_result",
    "metrics": "metric",
    "meetings": "meeting",
    "seats": "seat",
    "decision_rules": "decision_rule",
    "circles": "circle",
    "sub_circles": "sub_circle",
    "roles": "role",
    "people": "person",
    "responses": "response",
}
"""Fields named by a term in the plural."""

OWN: dict[str, Message] = {
    "about": message("about"),
    "accounts": message("accounts"),
    "agreed_on": message("agreed on"),
    "aliases": message("formerly called"),
    "anchor": message("{thing}", thing=one("anchor_circle")),
    "answers": message("answers"),
    "ask_people": message("people to be asked"),
    "ask_roles": message("{roles} to be asked", roles=many("role")),
    "assurance_people": message("assurance of people"),
    "assurance_time": message("assurance of time"),
    "away": message("away"),
    "because": message("because"),
    "between": message("between"),
    "circle_kinds": message("kinds of {circle}", circle=one("circle")),
    "closed": message("closed"),
    "consult": message("to be consulted"),
    "contact": message("contact"),
    "domain": message("{thing}", thing=one("domain")),
    "effective_on": message("in effect from"),
    "emails": message("e-mail"),
    "ended": message("ended"),
    "ends_on": message("ends on"),
    "evaluate_on": message("to be evaluated on"),
    "every": message("every"),
    "example": message("example"),
    "expires_on": message("expires on"),
    "extra": message("own data"),
    "forge": message("forge"),
    "former": message("former {members}", members=many("member")),
    "handbook": message("handbook"),
    "joined_on": message("joined on"),
    "keys": message("keys"),
    "kind": message("kind"),
    "languages": message("languages"),
    "last_held_on": message("last held on"),
    "links": message("links"),
    "membership": message("membership"),
    "memberships": message("kinds of membership"),
    "notes": message("notes"),
    "opened_at": message("opened on"),
    "opened_base": message("opened on commit"),
    "outcome": message("outcome"),
    "owner": message("owner"),
    "parent": message("part of"),
    "pronouns": message("pronouns"),
    "proposer": message("proposer"),
    "result": message("result"),
    "review_on": message("to be reviewed on"),
    "rules_in_force_since": message("rules in force since"),
    "ruleset": message("ruleset"),
    "sensed_by": message("sensed by"),
    "sensed_on": message("sensed on"),
    "serves": message("works for"),
    "severities": message("severities of rules"),
    "skills": message("skills"),
    "starts_on": message("starts on"),
    "tags": message("tags"),
    "tension_id": message("{thing}", thing=one("tension")),
    "tension_text": message("{thing}", thing=one("tension")),
    "text": message("text"),
    "values": message("values"),
    "witnesses": message("witnesses"),
    # what is not a field, but shown
    "address": message("address"),
    "name": message("name"),
    "title": message("title"),
    "progress": message("progress"),
    "next": message("next"),
    "decides": message("who decides"),
    "open": message("open {seats}", seats=many("seat")),
    "organisation": message("organisation"),
}


def label(key: str, ruleset: Ruleset, translator: Translator) -> str:
    """The label of a field."""
    term, many = (MANY[key], True) if key in MANY else (ONE.get(key, key), False)
    if (many or key in ONE) and term in ruleset.vocabulary:
        said = translator.term(ruleset, term, many=many)
    else:
        said = translator.speaking(ruleset).say(OWN[key]) if key in OWN else key.replace("_", " ")
    return said[:1].upper() + said[1:]


def plain_label(key: str, translator: Translator) -> str:
    """The label of a field in plain words, whatever the organisation calls it."""
    if key in MANY or key in ONE:
        said = str(translator.word(many(MANY[key]) if key in MANY else one(ONE[key])))
    else:
        said = translator.say(OWN[key]) if key in OWN else key.replace("_", " ")
    return said[:1].upper() + said[1:]
