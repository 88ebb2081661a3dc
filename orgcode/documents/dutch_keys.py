"""What the keys of files are called by people who write them in Dutch, as they are tempted to."""

from __future__ import annotations

from collections.abc import Collection, Mapping

_KEYS: Mapping[str, tuple[str, ...]] = {
    "naam": ("name",),
    "meervoud": ("plural",),
    "titel": ("title",),
    "tekst": ("text",),
    "soort": ("kind",),
    "kring": ("circle",),
    "cirkel": ("circle",),
    "rol": ("role",),
    "persoon": ("person",),
    "doel": ("purpose",),
    "bestaansreden": ("purpose",),
    "verantwoordelijkheden": ("accountabilities",),
    "taken": ("accountabilities",),
    "domein": ("domain", "domains"),
    "domeinen": ("domains",),
    "rolvervullers": ("holders",),
    "vervullers": ("holders",),
    "plaatsen": ("seats",),
    "vaste_rollen": ("core_roles",),
    "leden": ("members",),
    "lidmaatschap": ("membership",),
    "talen": ("languages",),
    "waarden": ("values",),
    "sinds": ("since",),
    "vanaf": ("since", "from"),
    "tot": ("until",),
    "tot_en_met": ("until",),
    "gekozen": ("elected",),
    "afwezig": ("away",),
    "eigenaar": ("owner",),
    "tussen": ("between",),
    "notities": ("notes",),
    "beslisregels": ("decision_rules",),
    "overleggen": ("meetings",),
    "kengetallen": ("metrics",),
}


def meant_in_dutch(word: str, known: Collection[str]) -> str | None:
    """The key among those that are known which a Dutch word stands for, or None."""
    return next((key for key in _KEYS.get(word, ()) if key in known), None)
