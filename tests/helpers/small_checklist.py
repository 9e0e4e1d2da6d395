"""A small checklist in three languages: four modules, two sections each, three questions a section."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from greenaudit.domain.checklists import (
    MODULES,
    Area,
    Checklist,
    CutsAnswer,
    LevelAnswer,
    Module,
    Option,
    OptionsAnswer,
    Question,
    Section,
    Testing,
)
from greenaudit.domain.text import Text

QUESTIONS: dict[Module, tuple[str, str, str]] = {
    "CHEM": (
        "Can a drum of thinner catch fire or leak without anybody noticing until the next shift?",
        "¿Puede un tambor de tíner incendiarse o derramarse sin que nadie lo note hasta el siguiente turno?",
        "Un baril de diluant peut-il prendre feu ou fuir sans que personne le remarque avant le quart suivant ?",
    ),
    "WAST": (
        "What leaves this plant as waste that a neighbour would buy as material?",
        "¿Qué sale de esta planta como residuo que un vecino compraría como material?",
        "Qu’est-ce qui sort de cette usine comme résidu et qu’un voisin achèterait comme matière ?",
    ),
    "ENER": (
        "How much compressed air does the plant use when nothing is produced?",
        "¿Cuánto aire comprimido consume la planta cuando no se produce nada?",
        "Combien d’air comprimé l’usine consomme-t-elle quand rien n’est produit ?",
    ),
    "FOUN": (
        "Who decides here when an environmental rule and a delivery date collide?",
        "¿Quién decide aquí cuando chocan una regla ambiental y una fecha de entrega?",
        "Qui décide ici quand une règle environnementale et une date de livraison s’opposent ?",
    ),
}
SECTIONS = ("STO", "PRC")
SECTION_TITLES = {
    "STO": Text(en="Storage and handling", es="Almacenamiento y manejo", fr="Entreposage et manutention"),
    "PRC": Text(
        en="Process, measurement and control of what is used",
        es="Proceso, medición y control de lo que se usa",
        fr="Procédé, mesure et maîtrise de ce qui est utilisé",
    ),
}
AREAS = (
    Area(
        id="A03",
        title=Text(
            en="Chemical store & mixing", es="Almacén de químicos y mezcla", fr="Dépôt chimique et mélange"
        ),
        cue=Text(en="Look up first", es="Mire primero arriba", fr="Regardez d’abord en haut"),
        minutes=30,
    ),
    Area(
        id="A08",
        title=Text(en="Paint line & ovens", es="Línea de pintura y hornos", fr="Ligne de peinture et fours"),
        cue=Text(en="Listen", es="Escuche", fr="Écoutez"),
        minutes=40,
    ),
    Area(
        id="A13",
        title=Text(en="Compressor room", es="Cuarto de compresores", fr="Salle des compresseurs"),
        cue=Text(en="Read the hour meters", es="Lea los horómetros", fr="Lisez les compteurs"),
        minutes=20,
    ),
)
ANCHORS = (
    Text(en="Nobody knows", es="Nadie sabe", fr="Personne ne sait"),
    Text(en="After an incident", es="Después de un incidente", fr="Après un incident"),
    Text(
        en="A rule exists and is followed on most days",
        es="Hay una regla y se cumple casi todos los días",
        fr="Une règle existe et elle est suivie presque tous les jours",
    ),
    Text(
        en="Checked weekly, deviations corrected within a shift",
        es="Se revisa cada semana y se corrige en el mismo turno",
        fr="Vérifié chaque semaine, écarts corrigés dans le quart",
    ),
    Text(
        en="Designed out: it cannot happen any more",
        es="Eliminado por diseño: ya no puede pasar",
        fr="Éliminé dès la conception : cela ne peut plus arriver",
    ),
)


def text(en: str) -> Text:
    """The same words in three languages, for texts that no test reads."""
    return Text(en=en, es=en, fr=en)


def question(module: Module, section: str, number: int, **changes: Any) -> Question:
    """A question of the small checklist."""
    en, es, fr = QUESTIONS[module]
    values: dict[str, Any] = {
        "id": f"{module}-{section}-{number:02d}",
        "module": module,
        "section": f"{module}-{section}",
        "areas": (AREAS[(number + len(section)) % 3].id if number else "A03",),
        "weight": 1 + number % 3,
        "critical": number == 0,
        "answer": LevelAnswer(),
        "text": Text(en=en, es=es, fr=fr),
        "why": text("Because."),
        "test": Testing(steps=text("Look."), minutes=3, tool=text("Eyes")),
        "evidence": text("A record"),
        "levels": ANCHORS,
        "mistake": text("Believing the label"),
    }
    return Question(**{**values, **changes})


CUTS = CutsAnswer(
    better="low",
    cuts=(Decimal("0.8"), Decimal("0.6"), Decimal("0.4"), Decimal("0.2")),
    unit="kg/m²",
    confirm_4=text("Measured at full load?"),
)
OPTIONS = OptionsAnswer(
    choose="several",
    options=(
        Option(id="none", label=Text(en="Nowhere", es="En ningún lado", fr="Nulle part"), level=0),
        Option(id="some", label=Text(en="At two lines", es="En dos líneas", fr="Sur deux lignes"), level=2),
    ),
)


def checklist() -> Checklist:
    """Four modules with two sections of three questions each; one by number, one by options."""
    questions = []
    for module in MODULES:
        for section in SECTIONS:
            for number in range(3):
                questions.append(question(module, section, number))
    questions[1] = question("CHEM", "STO", 1, answer=CUTS, gate="sample", levels=None)
    questions[2] = question("CHEM", "STO", 2, answer=OPTIONS, gate="seen", levels=None)
    sections = tuple(
        Section(id=f"{module}-{name}", module=module, title=SECTION_TITLES[name])
        for module in MODULES
        for name in SECTIONS
    )
    title = Text(en="Core checklist", es="Lista básica", fr="Liste de base")
    return Checklist(
        id="core", version="2026.2", title=title, sections=sections, areas=AREAS, questions=tuple(questions)
    )
