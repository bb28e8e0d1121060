"""The template tags as tables: what they are given, what they draw."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from core.forms import HouseForm, MoneyField
from core.strips import Strip, StripDay


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def drawn(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


def text_of(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_icon_is_inline_decoration():
    html = drawn('{% icon "house" "x" %}')
    assert html.startswith('<svg class="ico x" viewBox="0 0 16 16" aria-hidden="true"><path ')
    assert "xmlns" not in html
    assert "style" not in html


@pytest.mark.parametrize("name", ["no-such-icon", "../package", "House"])
def test_icon_that_does_not_exist_fails_loudly(name):
    with pytest.raises(FileNotFoundError):
        drawn("{% icon name %}", name=name)


def test_every_icon_named_in_a_template_exists(settings):
    folder = settings.NODE_MODULES / "bootstrap-icons" / "icons"
    named = {
        name
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for name in re.findall(r'{%\s*icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert {name for name in named if not (folder / f"{name}.svg").is_file()} == set()
    assert len(named) > 5


@pytest.mark.parametrize(
    ("tag", "css", "words"),
    [
        ('{% lamp "r" -2 %}', "lt lt-r", "2 d late"),
        ('{% lamp "y" 0 %}', "lt lt-y", "Due today"),
        ('{% lamp "g" 4 long=True %}', "lt lt-g", "4 working days left"),
        ('{% lamp "n" None "closed" %}', "lt lt-n", "closed"),
        ("{% lamp thing %}", "lt lt-r", "1 d late"),
        ("{% lamp paused %}", "lt lt-n", "paused"),
        (
            '{% lamp_pill "y" 1 "to be signed for" %}',
            "lt lt-pill lt-y",
            "to be signed for · 1 working day left",
        ),
        ('{% lamp_pill "n" None "answered" %}', "lt lt-pill lt-n", "answered"),
        ("{% lamp_pill paused %}", "lt lt-pill lt-n", "paused"),
        ('{% lamp_pill "n" %}', "lt lt-pill lt-n", "No limit"),
    ],
)
def test_a_lamp_is_shape_colour_and_words(tag, css, words):
    html = drawn(
        tag,
        thing=SimpleNamespace(lamp="r", days=-1),
        paused=SimpleNamespace(lamp="n", days=None, lamp_words="paused"),
    )
    assert f'class="{css}"' in html
    assert f'href="#lt-{css[-1]}"' in html
    assert text_of(html) == words


def test_lamp_mark_is_the_bare_shape():
    assert 'class="lt-i y"' in drawn('{% lamp_mark "y" %}')
    with pytest.raises(ValueError, match="no such lamp"):
        drawn('{% lamp_mark "x" %}')


def test_lamp_words_are_escaped():
    assert "&lt;b&gt;" in drawn("{% lamp 'g' 1 words %}", words="<b>")


def test_seals_show_lead_partner_and_the_others_faintly():
    html = drawn("{% seals parts %}", parts=[("market", "l"), ("police", "c")])
    assert re.findall(r'<i( class="\w")? aria-hidden="true">(.)</i>', html) == [
        ("", "医"), ("", "卫"), (' class="l"', "市"), ("", "财"), ("", "发"), (' class="c"', "公"),
    ]  # fmt: skip
    assert 'role="img"' in html
    assert 'aria-label="market regulation (lead), police"' in html


def test_seals_of_the_office_appear_only_where_it_takes_part():
    assert "办" not in drawn("{% seals parts %}", parts=[("market", "l")])
    assert "办" in drawn("{% seals parts %}", parts=[("market", "l"), ("office", "c")])


def test_seals_are_said_in_the_readers_language():
    parts = [("insurance", "l")]
    assert "（牵头）" not in drawn("{% seals parts %}", parts=parts)
    with translation.override("zh-hans"):
        assert "（牵头）" in drawn("{% seals parts %}", parts=parts)


def test_seal_is_one_character():
    assert drawn('{% seal "police" %}') == '<span class="seal" aria-hidden="true">公</span>'


def test_strip_shows_cells_and_the_reason_for_every_day():
    day = dt.date(2026, 11, 17)
    strip = Strip(
        [StripDay(day, 0), StripDay(dt.date(2026, 11, 18), 1, provisional=True)],
        day,
        dt.date(2026, 11, 18),
        day,
    )
    html = drawn("{% strip strip %}", strip=strip)
    assert 'aria-label="Runs from 2026-11-17, due 2026-11-18, today is 2026-11-17"' in html
    assert "Why this date" in html
    assert "2026-11-18 day 1" in html
    assert "provisional" in html


@pytest.mark.parametrize(
    ("source", "value", "said"),
    [
        ("{{ value|money }}", "86240", "86,240.00"),
        ("{{ value|day }}", dt.date(2026, 11, 19), "2026-11-19"),
        ("{{ value|money }}", None, "—"),
    ],
)
def test_filters(source, value, said):
    assert drawn(source, value=value) == said


class LeadForm(HouseForm):
    title = forms.CharField(label="Title", help_text="What happened.")
    amount = MoneyField(label="Amount", required=False)
    major = forms.BooleanField(label="Major", required=False)
    kinds = forms.MultipleChoiceField(
        label="Kinds", required=False, choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple
    )
    secret = forms.CharField(widget=forms.HiddenInput, initial="s")


def test_a_wrong_field_keeps_what_was_typed_and_says_so_beside_it():
    form = LeadForm({"title": "", "amount": "12a", "secret": "s"})
    assert not form.is_valid()
    html = drawn('{% field form "amount" %}', form=form)
    assert 'value="12a"' in html
    assert 'class="form-control is-invalid num short"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_amount_error"' in html
    assert re.search(r'aria-describedby="[^"]*id_amount_error', html)
    assert "Enter an amount in yuan" in html
    assert "yuan</span>" in html


@pytest.mark.parametrize(
    ("name", "needle"),
    [
        ("title", '<label for="id_title"><span class="must" aria-hidden="true">*</span>Title</label>'),
        ("title", 'id="id_title_helptext">What happened.'),
        ("major", '<label for="id_major">Major</label>'),
        ("kinds", 'role="group" aria-labelledby="id_kinds_label"'),
        ("kinds", '<label for="id_kinds_1">B</label>'),
        ("amount", '<div class="in unitted">'),
    ],
)
def test_fields_carry_their_labels(name, needle):
    assert needle in drawn("{% field form name %}", form=LeadForm(), name=name)


def test_fields_draws_hidden_ones_too():
    html = drawn("{% fields form %}", form=LeadForm())
    assert 'type="hidden" name="secret"' in html
    assert html.count('class="f"') == 4


def test_error_summary_links_to_the_fields():
    form = LeadForm({"title": "", "amount": "1", "secret": ""})
    form.add_error(None, "All of it is wrong.")
    html = drawn("{% error_summary form %}", form=form)
    assert 'href="#f-title"' in html
    assert "All of it is wrong." in html
    assert 'role="alert"' in html


def test_error_summary_is_silent_without_errors():
    assert drawn("{% error_summary form %}", form=LeadForm()).strip() == ""


def test_error_summary_shows_a_refusal():
    assert "Somebody was first." in drawn(
        "{% error_summary form refusal %}", form=None, refusal="Somebody was first."
    )


def test_bars_scale_to_the_highest_column():
    html = drawn("{% bars rows %}", rows=[("6", 50, "5.0"), ("7", 100, "10.0")])
    assert re.findall(r'height="([\d.]+)" class="(\w+)"', html) == [("37.0", "cb"), ("74.0", "cbn")]
    assert 'aria-label="6 5.0, 7 10.0"' in html


def test_bars_of_nothing_do_not_divide_by_zero():
    assert 'height="0.0"' in drawn("{% bars rows %}", rows=[("6", 0, "0.0")])
    assert "<rect" not in drawn("{% bars rows %}", rows=[])


def test_stacked_shows_the_share_in_time():
    html = drawn("{% stacked rows %}", rows=[("Health", 7, 2, 1), ("Market", 0, 0, 0)])
    assert "70%" in html
    assert re.findall(r'width="([\d.]+)" height="16" class="(\w+)"', html)[:3] == [
        ("336.0", "cg"), ("96.0", "cy"), ("48.0", "cr"),
    ]  # fmt: skip
    assert "<text" in drawn("{% stacked rows %}", rows=[("Market", 0, 0, 0)])


def test_unknown_tag_is_an_error():
    with pytest.raises(TemplateSyntaxError):
        drawn("{% lampe %}")
