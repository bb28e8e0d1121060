"""What rooms offer to each other."""

import pytest

from core import registry


def test_words_of_a_parameter_are_given_once():
    assert str(registry.param_words["outcome"]("handed")) == "已移交上级"
    assert str(registry.param_words["outcome"]("judicial")) == "司法移送"
    assert registry.param_words["outcome"]("never heard of") == "never heard of"
    with pytest.raises(ValueError, match="outcome"):
        registry.param_words["outcome"] = str
