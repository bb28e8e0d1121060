import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.utils import translation

from core.forms import DateField, DateTimeField, HouseForm, KeyedForm, MoneyField, VersionedForm, new_form_key
from core.refusals import BadInput, Refused


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("86240", "86240.00"), ("86,240.5", "86240.50"), (" １２，３４５．６７ ", "12345.67"), ("0", "0.00")],
)
def test_money_is_understood_as_people_type_it(typed, amount):
    assert MoneyField().clean(typed) == Decimal(amount)
    assert str(MoneyField().clean(typed)) == amount


@pytest.mark.parametrize("typed", ["12,3456", "1,23", "1234,567", ",5", "1,234,", "１２，３４５６"])
def test_commas_that_group_nothing_are_refused(typed):
    with pytest.raises(forms.ValidationError, match="Enter an amount"):
        MoneyField().clean(typed)


def test_thousands_are_grouped_as_people_write_them():
    assert MoneyField().clean("1,234,567.8") == Decimal("1234567.80")


@pytest.mark.parametrize("typed", ["12a", "1.234", "-1", "1000000000000", "NaN", "Infinity", "", "1e400"])
def test_money_that_cannot_be_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        MoneyField().clean(typed)


def test_no_money_where_none_is_needed():
    assert MoneyField(required=False).clean("") is None


@pytest.mark.parametrize("typed", ["2026-11-19", "2026/11/19", "20261119", "2026年11月19日"])
def test_dates_are_understood_as_people_type_them(typed):
    assert DateField().clean(typed) == dt.date(2026, 11, 19)


def test_dates_that_cannot_be_are_refused_in_words():
    with pytest.raises(forms.ValidationError, match="Enter a date such as"):
        DateField().clean("2026-02-30")
    with pytest.raises(forms.ValidationError, match="Enter a day and time"):
        DateTimeField().clean("yesterday")


def test_a_local_time_becomes_an_instant():
    assert DateTimeField().clean("2026-11-19T15:40") == dt.datetime(2026, 11, 19, 7, 40, tzinfo=dt.UTC)


def test_pickers_keep_their_own_format():
    assert 'type="date" name="x" value="2026-11-19"' in DateField().widget.render("x", dt.date(2026, 11, 19))
    at = dt.datetime(2026, 11, 19, 15, 40)
    assert 'type="datetime-local" name="x" value="2026-11-19T15:40"' in DateTimeField().widget.render("x", at)


class Everything(HouseForm):
    text = forms.CharField()
    pick = forms.ChoiceField(choices=[("a", "A")])
    yes = forms.BooleanField(required=False)
    many = forms.MultipleChoiceField(
        choices=[("a", "A")], required=False, widget=forms.CheckboxSelectMultiple(attrs={"class": "own"})
    )
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("text", "form-control"),
        ("pick", "form-select"),
        ("yes", "form-check-input"),
        ("many", "form-check-input own"),
    ],
)
def test_widgets_carry_the_stylesheets_classes(name, css):
    assert Everything().fields[name].widget.attrs["class"] == css


def test_hidden_widgets_are_left_alone():
    assert "class" not in Everything().fields["hidden"].widget.attrs


def test_labels_have_no_colon():
    assert Everything()["text"].label_tag() == '<label for="id_text">Text</label>'


def test_a_refusal_lands_beside_its_field():
    form = Everything({"text": "x", "pick": "a"})
    assert form.is_valid()
    form.refused(BadInput("Not this one.", field="text"))
    assert form.errors == {"text": ["Not this one."]}
    assert "is-invalid" in form.fields["text"].widget.attrs["class"]


@pytest.mark.parametrize("field", [None, "elsewhere"])
def test_a_refusal_without_a_field_of_ours_stands_on_top(field):
    form = Everything({"text": "x", "pick": "a"})
    assert form.is_valid()
    form.refused(Refused("No.", field=field))
    assert form.non_field_errors() == ["No."]


class Asking(HouseForm):
    text = forms.CharField()
    pick = forms.ChoiceField(choices=[("a", "A")])
    file = forms.FileField()
    amount = MoneyField()
    own = forms.CharField(error_messages={"required": "Ours."})


def test_required_and_bounds_are_said_in_the_houses_words():
    errors = Asking({}).errors
    assert [errors[name][0] for name in ("text", "pick", "file", "own")] == [
        "Fill this in.", "Make a choice.", "Choose a file.", "Ours.",
    ]  # fmt: skip
    assert Asking({"amount": "-1"}).errors["amount"] == ["Not less than 0."]
    assert Asking({"amount": "1000000000000"}).errors["amount"][0].startswith("Not more than 999999999999")


def test_several_faults_land_each_beside_its_field():
    form = Everything({"text": "x", "pick": "a"})
    assert form.is_valid()
    refusal = BadInput.several({"text": "Not this one.", "pick": "Nor this.", "elsewhere": "And that."})
    assert (refusal.field, str(refusal)) == ("text", "Not this one.")
    form.refused(refusal)
    assert form.errors == {"text": ["Not this one."], "pick": ["Nor this."], "__all__": ["And that."]}


class Once(KeyedForm):
    text = forms.CharField()


def test_each_showing_of_a_form_has_its_own_key():
    assert Once()["form_key"].value() != Once()["form_key"].value()
    assert len(new_form_key()) >= 16


def test_a_form_shown_again_keeps_its_key():
    key = new_form_key()
    form = Once({"text": "", "form_key": key})
    assert not form.is_valid()
    assert f'value="{key}"' in str(form["form_key"])


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "<script>alert(1)</script>"])
def test_a_form_without_a_proper_key_is_not_taken(key):
    form = Once({"text": "x", "form_key": key})
    assert not form.is_valid()
    assert set(form.errors) == {"form_key"}


class Editing(VersionedForm):
    text = forms.CharField()


def test_a_form_carries_the_version_it_was_opened_on():
    assert Editing(instance=SimpleNamespace(version=7))["expected_version"].value() == 7


def test_a_new_thing_has_no_version_yet():
    assert Editing()["expected_version"].value() is None


@pytest.mark.parametrize("version", ["", "0", "-1", "x"])
def test_a_form_without_a_version_is_not_taken(version):
    form = Editing({"text": "x", "form_key": new_form_key(), "expected_version": version})
    assert not form.is_valid()
    assert set(form.errors) == {"expected_version"}


def test_a_complete_form_is_taken():
    form = Editing({"text": "x", "form_key": new_form_key(), "expected_version": "3"})
    assert form.is_valid()
    assert form.cleaned_data["expected_version"] == 3
