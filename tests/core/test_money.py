from decimal import Decimal

import pytest

from core.money import in_capitals, yuan

CAPITALS = [
    ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
    ("325.04", "人民币叁佰贰拾伍元零肆分"),
    ("0", "人民币零元整"),
    ("0.05", "人民币伍分"),
    ("0.50", "人民币伍角"),
    ("10", "人民币壹拾元整"),
    ("1010", "人民币壹仟零壹拾元整"),
    ("100000", "人民币壹拾万元整"),
    ("10000.10", "人民币壹万元壹角"),
    ("1000100", "人民币壹佰万零壹佰元整"),
    ("100000000", "人民币壹亿元整"),
    ("20010000005", "人民币贰佰亿壹仟万零伍元整"),
    ("1000000001.11", "人民币壹拾亿零壹元壹角壹分"),
]


@pytest.mark.parametrize(("amount", "words"), CAPITALS)
def test_in_capitals_writes_the_amount_as_a_bank_would(amount, words):
    assert in_capitals(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["-0.01", "1000000000000.00"])
def test_in_capitals_refuses_an_amount_out_of_range(amount):
    with pytest.raises(ValueError, match="out of range"):
        in_capitals(Decimal(amount))


@pytest.mark.parametrize(
    ("value", "rounded"), [("0.005", "0.01"), ("1.004", "1.00"), (3, "3.00"), (Decimal("2.675"), "2.68")]
)
def test_yuan_rounds_half_up(value, rounded):
    assert yuan(value) == Decimal(rounded)


def test_yuan_refuses_a_float():
    with pytest.raises(TypeError):
        yuan(0.1)
