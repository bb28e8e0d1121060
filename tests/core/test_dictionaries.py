"""A form on a row of a dictionary: nothing typed is lost when somebody else was faster."""

import pytest
from django import forms
from django.http import QueryDict
from django.utils import translation

from core.dictionaries import DictionaryForm, check_version, version_of
from core.refusals import BadInput, Stale


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


class Tea(DictionaryForm):
    name = forms.CharField(label="Name")
    leaf = forms.ChoiceField(label="Leaf", choices=[("g", "green"), ("b", "black")])
    towns = forms.MultipleChoiceField(label="Towns", choices=[("q", "Qinghe"), ("y", "Yunxi")], required=False)
    sold = forms.BooleanField(label="Sold", required=False)


NOW = {"name": "毛尖", "leaf": "g", "towns": ["q"], "sold": True}


def typed(version, **more):
    words = {"name": "毛尖", "leaf": "g", "towns": ["q"], "sold": "on", "version": str(version)} | more
    data = QueryDict(mutable=True)
    for name, value in words.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    return data


def test_the_version_is_what_the_row_says():
    assert version_of(NOW) == version_of(dict(reversed(NOW.items())))
    assert version_of(NOW) != version_of(NOW | {"sold": False})
    assert check_version(version_of(NOW), NOW) is None
    with pytest.raises(Stale) as refused:
        check_version(version_of(NOW), NOW | {"sold": False})
    assert refused.value.details["now"] == NOW | {"sold": False}


def test_a_form_opens_on_the_values_with_their_version():
    form = Tea(now=NOW)
    assert form["name"].value() == "毛尖" and form["version"].value() == version_of(NOW)
    assert not Tea(typed("", name="x"), now=NOW).is_valid()


def test_a_stale_form_shows_the_differences_and_counts_anew():
    theirs = {"name": "毛尖", "leaf": "b", "towns": ["q", "y"], "sold": False}
    form = Tea(typed(version_of(NOW), name="银针"), now=NOW)
    assert form.is_valid()
    form.refused(Stale(now=theirs))
    assert form.differences == [
        ("Name", "毛尖", "银针"),
        ("Leaf", "black", "green"),
        ("Towns", "Qinghe, Yunxi", "Qinghe"),
        ("Sold", "no", "yes"),
    ]
    assert "changed since you opened it" in form.non_field_errors()[0]
    assert form["name"].value() == "银针" and form["version"].value() == str(version_of(theirs))
    again = Tea(form.data, now=theirs)
    assert again.is_valid() and again.cleaned_data["version"] == version_of(theirs)


def test_any_other_refusal_stands_beside_its_field():
    form = Tea(typed(version_of(NOW)), now=NOW)
    assert form.is_valid()
    form.refused(BadInput("Not this one.", field="leaf"))
    assert form.errors["leaf"] == ["Not this one."] and form.differences == []
    assert form["version"].value() == str(version_of(NOW))
