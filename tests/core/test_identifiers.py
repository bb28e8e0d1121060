import pytest
from django.core.exceptions import ValidationError

from core.identifiers import (
    is_resident_id,
    is_uscc,
    masked,
    resident_id_check,
    uscc_check,
    validate_resident_id,
    validate_uscc,
)

CODES = [
    ("91350100M000100Y43", True),  # GB 32100-2015, the standard's own example
    ("91350100M000100Y44", False),
    ("91350100M000100Y4", False),
    ("91350100I000100Y43", False),  # I is not in the alphabet
    ("", False),
]
NUMBERS = [
    ("11010519491231002X", True),  # GB 11643-1999, the standard's own example
    ("110105194912310021", False),
    ("11010519491331002X", False),  # month 13
    ("1101051949123100", False),
    ("1101051949123100２X", False),  # a full-width digit
]


@pytest.mark.parametrize(("code", "valid"), CODES)
def test_is_uscc_checks_the_last_character(code, valid):
    assert is_uscc(code) is valid


@pytest.mark.parametrize(("number", "valid"), NUMBERS)
def test_is_resident_id_checks_birthday_and_last_character(number, valid):
    assert is_resident_id(number) is valid


def test_check_characters_complete_a_code():
    assert uscc_check("91350100M000100Y4") == "3"
    assert resident_id_check("11010519491231002") == "X"


@pytest.mark.parametrize(("validate", "bad"), [(validate_uscc, "123"), (validate_resident_id, "123")])
def test_validators_raise_a_sentence(validate, bad):
    with pytest.raises(ValidationError) as caught:
        validate(bad)
    assert len(caught.value.messages[0]) > 10


def test_validators_let_a_valid_code_pass():
    assert validate_uscc("91350100M000100Y43") is None
    assert validate_resident_id("11010519491231002X") is None


@pytest.mark.parametrize(("number", "shown"), [("11010519491231002X", "1101************2X"), ("12345", "*****")])
def test_masked_shows_only_the_ends(number, shown):
    assert masked(number) == shown
