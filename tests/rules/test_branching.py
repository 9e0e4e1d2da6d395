"""Conditions are read once or refused with their place; facts come from answers in the order they depend on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenaudit.domain.assessments import Answer, Response
from greenaudit.domain.checklists import Checklist, OptionsAnswer, Question
from greenaudit.rules.branching import CycleError, Facts, Plan, facts, parse
from greenaudit.rules.conditions import ConditionError
from greenaudit.rules.evaluation import evaluate
from greenaudit.rules.vocabulary import FLAGS
from tests.helpers.checklists import answer, checklist, plant, question, text, ticks

REGISTERS = {"chemicals": {"voc_kg"}}
PAINT = Facts(flags=frozenset({"P_PAINT"}), country="MX", region="COA", totals={"sum(chemicals.voc_kg)": 12})


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("", True),
        ("   ", True),
        ("P_PAINT", True),
        ("P_PLATE", False),
        ("not P_PLATE", True),
        ("not not P_PAINT", True),
        ("P_PLATE or P_PAINT", True),
        ("P_PLATE and P_PAINT", False),
        ("P_PLATE and P_PLATE or P_PAINT", True),
        ("P_PAINT or P_PLATE and P_PLATE", True),
        ("(P_PAINT or P_PLATE) and P_PLATE", False),
        ("not P_PLATE and P_PAINT", True),
        ('country == "MX"', True),
        ('country != "MX"', False),
        ('country == "US"', False),
        ('region == "COA"', True),
        ('region != "COA" or U_CA', False),
        ("sum(chemicals.voc_kg) > 0", True),
        ("sum(chemicals.voc_kg) >= 12", True),
        ("sum(chemicals.voc_kg) < 12", False),
        ("sum(chemicals.voc_kg) <= 12.0", True),
        ("sum(chemicals.voc_kg) == 12", True),
        ("sum(chemicals.voc_kg) != 12", False),
        ("sum( chemicals . voc_kg ) > -1.5", True),
    ],
)
def test_a_condition_holds_or_not(when: str, holds: bool) -> None:
    assert parse(when, REGISTERS).holds(PAINT) is holds


@pytest.mark.parametrize(
    ("when", "position", "part"),
    [
        ("P_PAINT and", 12, "Expected a flag"),
        ("P_PAINT P_PLATE", 9, "Expected 'and', 'or' or the end"),
        ("P_PIANT", 1, "no flag 'P_PIANT'"),
        ("P_PAINT or (U_CA", 17, "Expected ')'"),
        ("and P_PAINT", 1, "Expected a flag, found 'and'"),
        ("P_PAINT == 1", 9, "can't be compared"),
        ("country", 8, "== or !="),
        ('country > "MX"', 9, "== or !="),
        ("country == MX", 12, "in quotes"),
        ('country == "BR"', 12, "no country 'BR'"),
        ("region == 5", 11, "in quotes"),
        ("sum chemicals", 5, "Expected '('"),
        ("sum(waste.kg) > 1", 5, "no register 'waste'"),
        ("sum(chemicals.price) > 1", 15, "no column of numbers 'price'"),
        ("sum(chemicals.voc_kg)", 22, "must be compared"),
        ('sum(chemicals.voc_kg) > "a"', 25, "compared with a number"),
        ("sum(chemicals.voc_kg > 1", 22, "Expected ')'"),
        ("sum(chemicals) > 1", 14, "Expected '.'"),
        ("P_PAINT & U_CA", 9, "'&' doesn't belong"),
        ('country == "M', 12, "doesn't belong"),
        ("not " * 60 + "P_PAINT", 161, "Too many brackets"),
        ("(" * 60, 41, "Too many brackets"),
        ("P_PAINT or " * 300 + "P_PAINT", 2001, "at most 2000"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_place(when: str, position: int, part: str) -> None:
    with pytest.raises(ConditionError) as caught:
        parse(when, REGISTERS)
    assert caught.value.position == position
    assert part in str(caught.value.message)


def test_without_known_registers_any_name_is_taken() -> None:
    assert parse("sum(anything.at_all) == 0").holds(Facts())


names = st.sampled_from(sorted(FLAGS)[:4])
expressions = st.recursive(
    names,
    lambda inner: st.one_of(
        inner.map(lambda x: f"not {x}" if " " not in x else f"not ({x})"),
        st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda t: f"({t[0]}) {t[1]} ({t[2]})"),
    ),
    max_leaves=8,
)


@given(when=expressions, flags=st.frozensets(names))
def test_means_what_python_means_by_the_same_words(when: str, flags: frozenset[str]) -> None:
    condition = parse(when)
    known = {name: name in flags for name in FLAGS}
    assert condition.holds(Facts(flags=flags)) is eval(when, {}, known)  # a closed grammar made above
    assert condition.reads == {
        name for name in FLAGS if name in when.replace("(", " ").replace(")", " ").split()
    }


def known_flags(pack: Checklist, *answers: Answer) -> frozenset[str]:
    responses = {a.question_id: a.response for a in answers if a.response is not None}
    return facts(pack, responses, plant()).flags


def register(question_id: str, *columns: dict[str, object], **changes: object) -> Question:
    table = {"kind": "table", "columns": [{"label": text(), **column} for column in columns], **changes}
    return question(question_id, weight=0, answer=table, levels=None)


CHEMICALS = register("CHEM-INV-01", {"id": "voc_kg", "kind": "number"}, {"id": "halogenated"})


def test_ticked_options_switch_flags_on() -> None:
    pack = checklist(ticks("P_PAINT", "U_CA"))
    assert known_flags(pack) == {"ON_VEHICLE"}
    assert known_flags(pack, answer("FOUN-PRO-02", options=("u_ca",))) == {"ON_VEHICLE", "U_CA"}
    assert known_flags(pack, answer("FOUN-PRO-02", options=("u_ca",), state="not_seen")) == {"ON_VEHICLE"}


def test_a_product_goes_on_a_vehicle_until_that_is_unticked() -> None:
    pack = checklist(ticks("U_CA", "ON_VEHICLE"))
    profile = pack.questions[0].answer
    assert isinstance(profile, OptionsAnswer)
    assert profile.preset == ("on_vehicle",)
    assert "ON_VEHICLE" in known_flags(pack, answer("FOUN-PRO-02", options=("u_ca", "on_vehicle")))
    assert "ON_VEHICLE" not in known_flags(pack, answer("FOUN-PRO-02", options=("u_ca",)))
    assert "ON_VEHICLE" in known_flags(pack, answer("FOUN-PRO-02", options=()))


def test_paint_means_voc_and_so_does_voc_in_the_inventory() -> None:
    pack = checklist(ticks("P_PAINT", "USES_VOC"), CHEMICALS)
    assert "USES_VOC" in known_flags(pack, answer("FOUN-PRO-02", options=("p_paint",)))
    assert "USES_VOC" in known_flags(pack, answer("FOUN-PRO-02", options=("uses_voc",)))
    assert "USES_VOC" in known_flags(pack, answer("CHEM-INV-01", rows=({"voc_kg": "0"}, {"voc_kg": "2.5"})))
    assert "USES_VOC" not in known_flags(
        pack, answer("CHEM-INV-01", rows=({"voc_kg": ""}, {"voc_kg": "NaN"}))
    )


def test_totals_of_a_register_add_up() -> None:
    pack = checklist(CHEMICALS)
    rows = ({"voc_kg": "1.5"}, {"voc_kg": "2.5"}, {"halogenated": "no"}, {"voc_kg": "much"})
    assert facts(pack, {"CHEM-INV-01": Response(rows=rows)}, plant()).totals == {"sum(chemicals.voc_kg)": 4}


def test_rows_and_choices_give_the_derived_flags() -> None:
    waste = register("WAST-BAS-01", {"id": "class"})
    picked = register("WAST-EXC-01", {"id": "stream"})
    traded = register("WAST-EXC-20", {"id": "stream"}, name="exchanges")
    levels = [{"id": str(n), "label": text(), "level": n} for n in range(3)]
    network = question(
        "WAST-EXC-04", answer={"kind": "options", "choose": "one", "options": levels}, levels=None
    )
    pack = checklist(CHEMICALS, waste, picked, traded, network)
    assert "HALOGENATED" in known_flags(pack, answer("CHEM-INV-01", rows=({"halogenated": "yes"},)))
    assert "HAZARDOUS_WASTE" in known_flags(pack, answer("WAST-BAS-01", rows=({"class": "hazardous"},)))
    assert "HAZARDOUS_WASTE" not in known_flags(pack, answer("WAST-BAS-01", rows=({"class": "ordinary"},)))
    assert "EXCHANGE_CANDIDATE" in known_flags(pack, answer("WAST-EXC-01", rows=({"stream": "steel"},)))
    assert "EXCHANGES" in known_flags(pack, answer("WAST-EXC-20", rows=({"stream": "steel"},)))
    assert "EXCHANGES" in known_flags(pack, answer("WAST-EXC-04", options=("1",)))
    assert "EXCHANGES" not in known_flags(pack, answer("WAST-EXC-04", options=("0",)))


def test_an_option_of_a_column_can_carry_a_flag_too() -> None:
    column = {
        "id": "solvent",
        "kind": "option",
        "options": [{"id": "tce", "label": text(), "flag": "HALOGENATED"}],
    }
    pack = checklist(register("CHEM-INV-01", column), question(answer={"kind": "level", "also": [
        {"id": "kind", "label": text(), "kind": "option", "options": [{"id": "x", "label": text(), "flag": "FIRED"}]}
    ]}))  # fmt: skip
    assert "HALOGENATED" in known_flags(pack, answer("CHEM-INV-01", rows=({"solvent": "tce"},)))
    assert "FIRED" in known_flags(pack, answer("CHEM-STO-01", 2, also={"kind": "x"}))


def test_what_a_hidden_question_once_said_switches_nothing_on() -> None:
    cleaning = ticks("HALOGENATED", question_id="CHEM-PRC-01", when="P_DEGR")
    pack = checklist(cleaning, ticks("P_DEGR", "P_WELD"))
    said = answer("CHEM-PRC-01", options=("halogenated",))
    assert "HALOGENATED" in known_flags(pack, said, answer("FOUN-PRO-02", options=("p_degr",)))
    assert "HALOGENATED" not in known_flags(pack, said, answer("FOUN-PRO-02", options=("p_weld",)))


def test_givers_settle_before_those_who_depend_on_them() -> None:
    third = ticks("FIRED", question_id="CHEM-PRC-03", when="HALOGENATED")
    second = ticks("HALOGENATED", question_id="CHEM-PRC-02", when="P_DEGR")
    plan = Plan.of(checklist(third, second, ticks("P_DEGR", "U_CA")))
    assert [q.id for q in plan.givers] == ["FOUN-PRO-02", "CHEM-PRC-02", "CHEM-PRC-03"]


def test_a_total_of_a_register_brings_a_question_in() -> None:
    asked = question("CHEM-REL-02", when="sum(chemicals.voc_kg) > 10")
    visit = evaluate(checklist(CHEMICALS, asked), plant(), [answer("CHEM-INV-01", rows=({"voc_kg": "9"},))])
    assert not visit.asks("CHEM-REL-02")
    visit = visit.with_answer(answer("CHEM-INV-01", rows=({"voc_kg": "9"}, {"voc_kg": "1.5"})))
    assert visit.asks("CHEM-REL-02")


def test_a_circle_is_refused_with_its_questions() -> None:
    first = ticks("FIRED", question_id="CHEM-PRC-01", when="HALOGENATED")
    second = ticks("HALOGENATED", question_id="CHEM-PRC-02", when="FIRED")
    with pytest.raises(CycleError, match="CHEM-PRC-01 → CHEM-PRC-02 → CHEM-PRC-01"):
        Plan.of(checklist(first, second))


def test_a_question_may_not_depend_on_itself() -> None:
    with pytest.raises(CycleError):
        Plan.of(checklist(ticks("FIRED", question_id="CHEM-PRC-01", when="FIRED")))
