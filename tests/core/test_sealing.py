import pytest
from cryptography.exceptions import InvalidTag

from core.sealing import blind_index, seal, unseal

NUMBER = "11010519491231002X"


def test_a_sealed_text_comes_back_and_is_never_stored_twice_alike():
    first, second = seal(NUMBER, purpose="subject.id"), seal(NUMBER, purpose="subject.id")
    assert first != second
    assert unseal(first, purpose="subject.id") == unseal(memoryview(second), purpose="subject.id") == NUMBER


def test_a_sealed_text_opens_only_for_its_purpose_and_unchanged():
    sealed = seal(NUMBER, purpose="subject.id")
    with pytest.raises(InvalidTag):
        unseal(sealed, purpose="reporter.id")
    with pytest.raises(InvalidTag):
        unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), purpose="subject.id")


def test_blind_index_finds_equal_texts_whatever_their_case_and_spaces():
    assert blind_index(NUMBER.lower() + " ", purpose="subject.id") == blind_index(NUMBER, purpose="subject.id")
    assert blind_index(NUMBER, purpose="subject.id") != blind_index(NUMBER, purpose="reporter.id")
