"""A form's expressions mean the same as a condition, or are left out with the reason."""

from __future__ import annotations

from decimal import Decimal

import pytest

from greenaudit.packs.xlsform.xpath import condition_of, limits_of
from greenaudit.packs.xlsform.xpath_parts import Target, Untranslatable, every
from greenaudit.rules.conditions import parse

NAMES = {
    "one": Target("one", "Q1", {"yes": "yes", "no": "no", "3": "3", "5": "five"}),
    "many": Target("several", "Q2", {"a": "a", "b": "b"}),
    "kg": Target("number", "Q3"),
    "note": Target("other", "Q4"),
    "amount": Target("column", "amount", register="rows"),
    "words": Target("column", "words"),
    "calc": Target("computed", "calc"),
    "large": Target("computed", "large", formula="if(${kg} > 9, 'yes', 'no')"),
    "class": Target("computed", "class", formula="if(${kg} > 9, 3, if(${kg} > 5, 2, 1))"),
    "same": Target("computed", "same", formula="${one}"),
    "known": Target("computed", "known", formula="if(${one} = 'yes', ${kg}, 7)"),
    "two": Target("computed", "two", formula="if(${one} = 'yes', ${kg}, ${amount_sum})"),
    "amount_sum": Target("computed", "amount_sum", formula="sum(${amount})"),
    "both": Target("computed", "both", formula="${kg} > 1 and ${note} != ''"),
    "flag": Target("computed", "flag", formula="if(${kg} > 1, true(), false())"),
    "five": Target("computed", "five", formula="5"),
    "round": Target("computed", "round", formula="if(${kg} > 1, ${trip}, 1)"),
    "trip": Target("computed", "trip", formula="${round}"),
    "odd": Target("computed", "odd", formula="concat('a', ${kg})"),
}


@pytest.mark.parametrize(
    ("expression", "condition"),
    [
        ("true()", ""),
        ("${one} = 'yes'", 'chosen("Q1", "yes")'),
        ("'yes' = ${one}", 'chosen("Q1", "yes")'),
        ("${one} != 'yes'", 'not chosen("Q1", "yes")'),
        ('${ one } = "yes"', 'chosen("Q1", "yes")'),
        ("${one} = ‘yes’", 'chosen("Q1", "yes")'),
        ("${one}=5", 'chosen("Q1", "five")'),
        ("${one} >= 4", 'chosen("Q1", "five")'),
        ("number(${one}) > 2", 'chosen("Q1", "3") or chosen("Q1", "five")'),
        ("${one} != ''", 'answered("Q1")'),
        ("${note} = ''", 'not answered("Q4")'),
        ("string-length(${note}) > 0", 'answered("Q4")'),
        ("0 = string-length(${note})", 'not answered("Q4")'),
        ("count-selected(${many}) >= 1", 'answered("Q2")'),
        ("selected(${many}, 'a')", 'chosen("Q2", "a")'),
        ("not(selected(${many}, 'a'))", 'not chosen("Q2", "a")'),
        ("${kg} > 18", 'number("Q3") > 18'),
        ("18 < ${kg}", 'number("Q3") > 18'),
        ("${kg} = '1.5'", 'number("Q3") == 1.5'),
        ("${kg} != -2", 'number("Q3") != -2'),
        ("sum(${amount}) >= 10", "sum(rows.amount) >= 10"),
        (
            "${one}='yes' and (${kg} > 1 or ${kg} < 0)",
            'chosen("Q1", "yes") and (number("Q3") > 1 or number("Q3") < 0)',
        ),
        ("${large} = 'yes'", 'number("Q3") > 9'),
        ("${large} != 'yes'", 'not number("Q3") > 9'),
        ("'no' = ${large}", 'not number("Q3") > 9'),
        ("${class} >= 2", 'number("Q3") > 9 or number("Q3") > 5'),
        ("${class} = 2", 'not number("Q3") > 9 and number("Q3") > 5'),
        ("${class} = 1", 'not number("Q3") > 9 and not number("Q3") > 5'),
        ("${same} = 'yes'", 'chosen("Q1", "yes")'),
        ("${known} > 6", 'not chosen("Q1", "yes") or number("Q3") > 6'),
        ("${known} > 7", 'chosen("Q1", "yes") and number("Q3") > 7'),
        (
            "${two} > 7",
            'chosen("Q1", "yes") and number("Q3") > 7 or not chosen("Q1", "yes") and sum(rows.amount) > 7',
        ),
        ("${both}", 'number("Q3") > 1 and answered("Q4")'),
        ("${both} = 'true'", 'number("Q3") > 1 and answered("Q4")'),
        ("${both} != 'true'", 'not (number("Q3") > 1 and answered("Q4"))'),
        ("${flag}", 'number("Q3") > 1'),
        ("${kg} > ${five}", 'number("Q3") > 5'),
        ("if(${one} = 'yes', 1, 0) = 1", 'chosen("Q1", "yes")'),
        ("not(${kg} > 1 or ${note} != '')", 'not (number("Q3") > 1 or answered("Q4"))'),
    ],
)
def test_what_means_the_same_is_carried(expression: str, condition: str) -> None:
    found = condition_of(expression, NAMES)
    assert found == condition
    parse(found)


@pytest.mark.parametrize(
    ("expression", "part"),
    [
        ("${nobody} = 1", "no question 'nobody'"),
        ("${calc} = 1", "computed"),
        ("${one} = 'maybe'", "no option 'maybe'"),
        ("${one} = ${kg}", "with a fixed value"),
        ("1 = 1", "no answer changes it"),
        ("'a' != 'b'", "no answer changes it"),
        ("'a' > 'b'", "compared with a number"),
        ("${five} > 4", "no answer changes it"),
        ("if(${kg} > 1, 2, 3) > 0", "no answer changes it"),
        ("${known} > 'x'", "compared with a number"),
        ("${round} = 1", "can't be followed"),
        (" and ".join(["${five} = ${kg}"] * 101), "can't be followed"),
        ("${odd} = 'a'", "function concat()"),
        ("if(${kg} > 1, ${kg} > 2, 3) = 3", "isn't understood"),
        ("if(${kg} > 1, (${kg} > 2), 3) = 3", "fixed values and answers only"),
        ("${both} = 'perhaps'", "Only comparisons"),
        ("${both} > 3", "Only comparisons"),
        (" or ".join(["${two} > 7"] * 45), "longer than 4000"),
        ("if(" * 40, "more than 30 deep"),
        ("${one} > 9", "can't be compared"),
        ("${note} = 'x'", "can't be compared"),
        ("${many} = 'a'", "can't be compared"),
        ("${words} = 'a'", "A single row"),
        ("sum(${words}) > 1", "column of numbers"),
        ("string-length(${note}) > 5", "How long"),
        ("${kg} > 'x'", "compared with a number"),
        ("${kg} > 999999999999999999", "compared with a number"),
        ("selected(${kg}, 'a')", "choice by its name"),
        ("selected('a', ${many})", "isn't understood"),
        ("regex(${note}, '^a')", "function regex()"),
        ("${kg} + 1 > 2", "isn't understood"),
        ("${kg}", "Only comparisons"),
        ("${kg} > (${kg} > 1)", "Only comparisons"),
        ("(${kg} > 1", "isn't understood"),
        ("${kg} > 1 ${kg}", "isn't understood"),
        ("and", "isn't understood"),
        ("", "isn't understood"),
        ("not(" * 40 + "${kg} > 1" + ")" * 40, "more than 30 deep"),
        ("${kg} > 1 or " * 400, "longer than 4000"),
    ],
)
def test_anything_else_is_left_out_with_its_reason(expression: str, part: str) -> None:
    with pytest.raises(Untranslatable) as caught:
        condition_of(expression, NAMES)
    assert part in str(caught.value.message)


def test_conditions_are_joined_with_brackets_where_words_would_bind_otherwise() -> None:
    assert every(["a or b", "", "c", "c"]) == "(a or b) and c"
    assert every(["a or b"]) == "a or b"
    assert every([]) == ""


@pytest.mark.parametrize(
    ("constraint", "whole", "limits"),
    [
        (". >= 0 and . <= 100", False, ("0", "100")),
        (".>0", True, ("1", None)),
        (". < 10", True, (None, "9")),
        (". < 9.5 and . > 2.5", True, ("3", "9")),
        ("(. >= 1) and (. >= 2) and (. <= 8.25)", False, ("2", "8.25")),
    ],
)
def test_a_constraint_on_a_number_gives_its_limits(
    constraint: str, whole: bool, limits: tuple[str | None, str | None]
) -> None:
    least, most = limits_of(constraint, whole=whole)
    assert (least, most) == tuple(None if text is None else Decimal(text) for text in limits)


@pytest.mark.parametrize("constraint", [". > 0", "regex(., 'a')", ". <= ${q}", ". >= 1 or . = 0", ""])
def test_another_constraint_is_left_out(constraint: str) -> None:
    with pytest.raises(Untranslatable):
        limits_of(constraint, whole=False)
