"""What the people of the example organisation decided, and how: who proposed what, who said what to
it, and what came of it. Days count back from the one on which the example is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct, field

Both = Mapping[str, str]
"""A text in Dutch and in English."""

Does = Literal[
    "proposes",
    "renews",
    "answers",
    "adopts",
    "records",
    "consent",
    "objection",
    "concern",
    "advice",
    "yes",
    "no",
    "abstain",
    "withdraw",
]


class Edit(Struct, frozen=True, kw_only=True):
    """One text in a file in place of another."""

    path: str
    old: str
    new: str


class Files(Struct, frozen=True, kw_only=True):
    """What a proposal changes: new files, each from a template, and edits of others."""

    new: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()


class Act(Struct, frozen=True, kw_only=True):
    """Something that somebody does about a proposal."""

    day: int
    time: str
    who: str
    does: Does
    says: Both | None = None
    to: str = ""
    """Whom the proposer answers."""
    of: str = ""
    """Whose words are taken down."""


class Tale(Struct, frozen=True, kw_only=True):
    """A proposal from its beginning to its end, or to where it stands."""

    name: str
    title: Both
    record: Mapping[str, Any]
    """What else stands in its record."""
    files: Files
    acts: tuple[Act, ...]
    renewed: Files | None = None
    evaluate_in: int | None = None
    """After how many days from the making of the example it is to be looked back at."""


def _said(nl: str, en: str) -> Both:
    return {"nl": nl, "en": en}


_SPENDING = "policies/uitgeven.yaml"

STORY = (
    Tale(
        name="vijfhonderd-zonder-vragen",
        title=_said("Tot € 500 uitgeven zonder te vragen", "Spending up to €500 without asking"),
        record={
            "role": "zonnedak",
            "tension": {
                "text": _said(
                    "Voor elke omvormer of kabel van meer dan € 250 wacht ik een week op advies. "
                    "Dan is de aanbieding voorbij.",
                    "For every inverter or cable of more than €250 I wait a week for advice. By "
                    "then the offer is over.",
                )
            },
            "because": _said(
                "We vertrouwen elkaar met sleutels en met elkaars kinderen. Dan ook met geld.",
                "We trust each other with keys and with each other's children. With money too, "
                "then.",
            ),
        },
        files=Files(
            edits=(
                Edit(path=_SPENDING, old="**€ 250**", new="**€ 500**"),
                Edit(path=_SPENDING, old="**€250**", new="**€500**"),
            )
        ),
        acts=(
            Act(day=-23, time="20:00", who="tom", does="proposes"),
            Act(day=-22, time="08:30", who="ravi", does="yes"),
            Act(
                day=-22,
                time="21:10",
                who="youssef",
                does="no",
                says=_said(
                    "Dan zie ik het pas als het geld op is. Dat kan ik niet verantwoorden.",
                    "Then I only see it when the money is gone. I cannot answer for that.",
                ),
            ),
            Act(
                day=-21,
                time="10:00",
                who="henk",
                does="no",
                says=_said(
                    "Vijfhonderd euro is voor een klein team de kas van een maand.",
                    "For a small team five hundred euros is a month's worth of money.",
                ),
            ),
            Act(day=-20, time="12:00", who="jelle", does="yes"),
            Act(day=-19, time="19:00", who="sara", does="no"),
            Act(day=-18, time="09:00", who="ineke", does="no"),
            Act(day=-17, time="16:00", who="marijke", does="no"),
            Act(day=-15, time="20:20", who="lotte", does="abstain"),
            Act(day=-12, time="09:00", who="youssef", does="records"),
        ),
    ),
    Tale(
        name="weggeefkoelkast",
        title=_said("Een weggeefkoelkast bij de voordeur", "A giving fridge by the front door"),
        record={
            "role": "gastvrijheid",
            "tension": {"id": "restjes-blijven-staan"},
            "because": _said(
                "Wat woensdag overblijft, is donderdag nog lekker. In een koelkast bij de deur kan "
                "iedereen erbij, zonder iets te hoeven vragen.",
                "What is left on Wednesday still tastes good on Thursday. In a fridge by the door "
                "everybody can get at it, without having to ask.",
            ),
            "example": _said(
                "Woensdag om half negen gaan er drie bakken stamppot en een doos sla in. De "
                "volgende ochtend is hij leeg.",
                "At half past eight on Wednesday three boxes of stew and a crate of lettuce go in. "
                "The next morning it is empty.",
            ),
        },
        evaluate_in=60,
        files=Files(new={"policies/weggeefkoelkast.yaml": "weggeefkoelkast"}),
        renewed=Files(new={"policies/weggeefkoelkast.yaml": "weggeefkoelkast-2"}),
        acts=(
            Act(day=-22, time="10:00", who="fatma", does="proposes"),
            Act(day=-22, time="19:30", who="ngoc", does="consent"),
            Act(
                day=-21,
                time="08:15",
                who="sara",
                does="objection",
                says=_said(
                    "Zonder kaartje weet niemand wat er in een bak zit en hoe oud het is. Wie een "
                    "allergie heeft, kan er ziek van worden.",
                    "Without a card nobody knows what is in a box and how old it is. Somebody with "
                    "an allergy could fall ill.",
                ),
            ),
            Act(
                day=-21,
                time="20:00",
                who="youssef",
                does="concern",
                says=_said(
                    "Wie maakt hem schoon? Straks is dat weer niemand.",
                    "Who cleans it? Before we know it, nobody does again.",
                ),
            ),
            Act(
                day=-20,
                time="09:00",
                who="fatma",
                does="answers",
                to="youssef",
                says=_said(
                    "De keuken, op maandag, als we toch bij elkaar zitten. Dat staat er nu bij.",
                    "The kitchen, on Mondays, when we meet anyway. It says so now.",
                ),
            ),
            Act(
                day=-20,
                time="09:05",
                who="fatma",
                does="answers",
                to="sara",
                says=_said(
                    "Je hebt gelijk. Op elke bak komt wat erin zit en van welke dag het is, en na "
                    "drie dagen gaat hij weg.",
                    "You are right. Every box will say what is in it and of which day it is, and "
                    "after three days it goes.",
                ),
            ),
            Act(day=-20, time="12:00", who="fatma", does="renews"),
            Act(
                day=-20,
                time="18:00",
                who="sara",
                does="consent",
                says=_said(
                    "Met een kaartje en een datum kan ik ervoor instaan.",
                    "With a card and a date I can answer for it.",
                ),
            ),
            Act(day=-20, time="19:00", who="ngoc", does="consent"),
            Act(day=-19, time="21:00", who="youssef", does="consent"),
            Act(day=-18, time="09:10", who="sara", does="adopts"),
        ),
    ),
    Tale(
        name="maandag-open",
        title=_said("Ook op maandag open", "Open on Mondays too"),
        record={
            "role": "huismeester",
            "tension": {
                "text": _said(
                    "Op maandag voelt iemand aan de deur, en loopt weer door. Ik zie het vanuit de "
                    "werkplaats.",
                    "On Mondays somebody tries the door, and walks on. I see it from the workshop.",
                )
            },
            "ask": {"people": ["henk", "amina"]},
        },
        evaluate_in=-2,
        files=Files(new={"agreements/maandag-open.yaml": "maandag-open"}),
        acts=(
            Act(day=-22, time="11:00", who="jelle", does="proposes"),
            Act(
                day=-21,
                time="09:00",
                who="henk",
                does="advice",
                says=_said(
                    "Begin met de ochtend. In de winter is het om vier uur donker en sta je er "
                    "alleen.",
                    "Begin with the mornings. In winter it is dark at four and you are there on "
                    "your own.",
                ),
            ),
            Act(
                day=-21,
                time="16:00",
                who="amina",
                does="advice",
                says=_said(
                    "Vraag de ouders van school erbij. Die staan om half negen toch op de kade.",
                    "Ask the parents from school. They are on the quay at half past eight anyway.",
                ),
            ),
            Act(
                day=-20,
                time="10:00",
                who="jelle",
                does="answers",
                to="henk",
                says=_said("Doen we: alleen de ochtend.", "We will: mornings only."),
            ),
            Act(
                day=-20,
                time="10:04",
                who="jelle",
                does="answers",
                to="amina",
                says=_said(
                    "Goed idee. Er hangt een briefje bij de kapstokken.",
                    "Good idea. There is a note by the coat pegs.",
                ),
            ),
            Act(day=-16, time="17:00", who="jelle", does="adopts"),
        ),
    ),
    Tale(
        name="maandag-op-de-weekkaart",
        title=_said("Maandag op de weekkaart", "Monday on the map of the week"),
        record={
            "role": "verhalen",
            "tension": {
                "text": _said(
                    "De deur is op maandag nu open, maar op de bladzijde staat van niet.",
                    "The door is open on Mondays now, but the page says that it is not.",
                )
            },
        },
        files=Files(
            edits=(
                Edit(
                    path="pages/een-week.nl.md",
                    old="De deur is dicht.",
                    new="Sinds kort open: koffie en kranten.",
                ),
                Edit(
                    path="pages/a-week.en.md",
                    old="The door is closed.",
                    new="Newly open: coffee and newspapers.",
                ),
            )
        ),
        acts=(
            Act(day=-15, time="14:00", who="lotte", does="proposes"),
            Act(day=-15, time="14:05", who="lotte", does="adopts"),
        ),
    ),
    Tale(
        name="de-eerste-keer-samen",
        title=_said("De eerste keer ga je met z'n tweeën", "The first time you go in pairs"),
        record={
            "role": "mantelzorg",
            "tension": {
                "text": _said(
                    "Drie nieuwe maatjes vertelden me dat ze bij het eerste bezoek niet wisten wat "
                    "ze mochten vragen.",
                    "Three new buddies told me that on their first visit they did not know what "
                    "they could ask.",
                )
            },
        },
        files=Files(
            edits=(
                Edit(
                    path="policies/bij-iemand-thuis.yaml",
                    old="       tegen de buur zelf dat je dat doet.\n",
                    new="       tegen de buur zelf dat je dat doet.\n"
                    "    5. De eerste keer ga je met z'n tweeën.\n",
                ),
                Edit(
                    path="policies/bij-iemand-thuis.yaml",
                    old="       neighbour that you do.\n",
                    new="       neighbour that you do.\n    5. The first time you go in pairs.\n",
                ),
            )
        ),
        acts=(
            Act(day=-14, time="09:45", who="marijke", does="proposes"),
            Act(day=-12, time="10:30", who="reiger", does="consent", of="henk"),
            Act(day=-12, time="10:31", who="reiger", does="consent", of="amina"),
            Act(
                day=-12,
                time="10:32",
                who="reiger",
                does="consent",
                of="jelle",
                says=_said(
                    "Dan leer je meteen de weg in de flat.", "And you learn the way in the flats."
                ),
            ),
            Act(day=-12, time="10:33", who="reiger", does="consent"),
            Act(day=-12, time="10:40", who="reiger", does="adopts"),
        ),
    ),
    Tale(
        name="driehonderd-zonder-vragen",
        title=_said(
            "Tot € 300 uitgeven, en elke maand laten zien wat",
            "Spending up to €300, and showing every month on what",
        ),
        record={
            "role": "penningmeester",
            "tension": {
                "text": _said(
                    "Tom heeft gelijk dat € 250 krap is geworden, en Henk dat we het moeten kunnen "
                    "volgen.",
                    "Tom is right that €250 has become tight, and Henk that we have to be able to "
                    "follow it.",
                )
            },
            "because": _said(
                "Vijfhonderd haalde het niet. Dit is een kleinere stap, waar we na een half jaar "
                "op terugkijken.",
                "Five hundred did not make it. This is a smaller step, at which we look back after "
                "half a year.",
            ),
        },
        evaluate_in=180,
        files=Files(
            edits=(
                Edit(path=_SPENDING, old="**€ 250**", new="**€ 300**"),
                Edit(path=_SPENDING, old="**€250**", new="**€300**"),
                Edit(
                    path=_SPENDING,
                    old="met één zin erbij: waar was het voor?\n",
                    new="met één zin erbij: waar was het voor?\n"
                    "    - Elke maand hangt in de keuken een lijst van wat er zo is uitgegeven.\n",
                ),
                Edit(
                    path=_SPENDING,
                    old="with one sentence: what was it for?\n",
                    new="with one sentence: what was it for?\n"
                    "    - Every month a list of what was spent like this hangs in the kitchen.\n",
                ),
            )
        ),
        acts=(
            Act(day=-12, time="12:00", who="youssef", does="proposes"),
            Act(day=-11, time="08:00", who="tom", does="yes"),
            Act(day=-11, time="19:15", who="sara", does="yes"),
            Act(day=-11, time="21:00", who="fatma", does="yes"),
            Act(day=-10, time="09:30", who="ineke", does="yes"),
            Act(
                day=-9,
                time="11:00",
                who="henk",
                does="no",
                says=_said(
                    "Ook driehonderd vind ik veel. Maar ik ben blij met die lijst.",
                    "Even three hundred is a lot to me. But I am glad of that list.",
                ),
            ),
            Act(day=-6, time="20:00", who="lotte", does="yes"),
            Act(day=-4, time="17:30", who="marijke", does="abstain"),
            Act(day=-1, time="09:00", who="ineke", does="adopts"),
        ),
    ),
    Tale(
        name="deelbus-doordeweeks",
        title=_said(
            "De deelbus doordeweeks aan de school verhuren",
            "Hiring out the shared van to the school on weekdays",
        ),
        record={"role": "vervoer", "tension": {"id": "bus-staat-stil"}},
        files=Files(new={"policies/deelbus-doordeweeks.yaml": "deelbus-doordeweeks"}),
        acts=(
            Act(day=-11, time="16:00", who="jelle", does="proposes"),
            Act(
                day=-10,
                time="12:00",
                who="marijke",
                does="objection",
                says=_said(
                    "De verzekering geldt alleen voor ritten van leden. Gebeurt er iets met een "
                    "bus vol kinderen, dan staan we er alleen voor.",
                    "The insurance covers rides of members only. If something happens to a van "
                    "full of children, we are on our own.",
                ),
            ),
            Act(day=-9, time="19:00", who="henk", does="consent"),
            Act(
                day=-8,
                time="10:00",
                who="jelle",
                does="withdraw",
                says=_said(
                    "Marijke heeft gelijk. Ik vraag eerst na wat een andere verzekering kost.",
                    "Marijke is right. I will first find out what another insurance costs.",
                ),
            ),
            Act(day=-8, time="10:01", who="jelle", does="records"),
        ),
    ),
    Tale(
        name="cijfers-van-de-tafel",
        title=_said("De cijfers van deze maand", "This month's figures"),
        record={"role": "kok", "tension": {"text": _said("De maand is om.", "The month is over.")}},
        files=Files(
            edits=(
                Edit(
                    path="objectives/tachtig-aan-tafel.yaml",
                    old="    current: 61\n    as_of: {{ day(-29) }}",
                    new="    current: 64\n    as_of: {{ day(-6) }}",
                ),
                Edit(
                    path="objectives/tachtig-aan-tafel.yaml",
                    old="    current: 4.5\n    unit: kg\n    as_of: {{ day(-29) }}",
                    new="    current: 3.5\n    unit: kg\n    as_of: {{ day(-6) }}",
                ),
            )
        ),
        acts=(
            Act(day=-6, time="20:30", who="sara", does="proposes"),
            Act(day=-6, time="20:31", who="sara", does="adopts"),
        ),
    ),
    Tale(
        name="de-vraag-van-daan",
        title=_said("De vraag van Daan op het bord", "Daan's question on the board"),
        record={
            "role": "ledenzorg",
            "tension": {
                "text": _said(
                    "Daan vroeg het me bij de afwas, en ik wist het ook niet. Dan hoort het hier.",
                    "Daan asked me over the dishes, and I did not know either. So it belongs here.",
                )
            },
        },
        files=Files(new={"tensions/lid-worden-duurt-lang.yaml": "lid-worden-duurt-lang"}),
        acts=(
            Act(day=-4, time="15:00", who="ineke", does="proposes"),
            Act(day=-4, time="15:01", who="ineke", does="adopts"),
        ),
    ),
    Tale(
        name="ronde-in-groepjes",
        title=_said("De ronde begint in groepjes van drie", "The round begins in groups of three"),
        record={
            "role": "buurt/facilitator",
            "tension": {"id": "alleen-dezelfde-stemmen"},
            "because": _said(
                "In een groepje van drie praat iedereen, ook wie zoekt naar woorden.",
                "In a group of three everybody talks, even those who look for words.",
            ),
        },
        files=Files(new={"policies/ronde-in-groepjes.yaml": "ronde-in-groepjes"}),
        acts=(
            Act(day=-3, time="09:00", who="amina", does="proposes"),
            Act(day=-3, time="13:00", who="fatma", does="consent"),
            Act(
                day=-2,
                time="10:00",
                who="lotte",
                does="objection",
                says=_said(
                    "Dan hoor ik niet wat er in het andere groepje gezegd is, en schrijf ik maar "
                    "de helft op.",
                    "Then I do not hear what was said in the other group, and I write down only "
                    "half of it.",
                ),
            ),
            Act(
                day=-1,
                time="19:00",
                who="ravi",
                does="advice",
                says=_said(
                    "Laat elk groepje een zin op een kaart schrijven. Die kan Lotte overnemen.",
                    "Let every group write one sentence on a card. Lotte can copy those.",
                ),
            ),
        ),
    ),
    Tale(
        name="daan-redt-de-restjes",
        title=_said("Daan redt de restjes", "Daan rescues the leftovers"),
        record={
            "role": "inkoop",
            "tension": {"id": "restjes-blijven-staan"},
            "because": _said(
                "Hij staat op woensdag toch al in de keuken, en hij heeft een bakfiets.",
                "He is in the kitchen on Wednesdays anyway, and he has a cargo bike.",
            ),
        },
        files=Files(
            edits=(
                Edit(
                    path="roles/restjes.yaml",
                    old="consult: [role:voedselveiligheid]\n",
                    new="holders:\n  - person: daan\n    since: {{ day(+4) }}\n"
                    "consult: [role:voedselveiligheid]\n",
                ),
            )
        ),
        acts=(
            Act(day=-1, time="18:00", who="ngoc", does="proposes"),
            Act(
                day=-1,
                time="20:00",
                who="daan",
                does="consent",
                says=_said("Graag. Ik begin volgende week.", "Gladly. I will start next week."),
            ),
            Act(day=-1, time="21:00", who="sara", does="consent"),
        ),
    ),
)
