"""Naming who stands in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.forms import DateField, KeyedForm
from departments.models import Post, User


class _Posts(forms.ModelChoiceField):
    def label_from_instance(self, post):
        return f"{post.user.name} · {post.get_role_display()}"


class _People(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return f"{person.name} · {person.job_title}" if person.job_title else person.name


class DelegationForm(KeyedForm):
    """posts: whose matters may be minded; people: who may do so."""

    away = _Posts(label=_("Who is away"), queryset=Post.objects.none(), empty_label=None)
    delegate = _People(label=_("Who stands in"), queryset=User.objects.none(), empty_label="—")
    since = DateField(label=pgettext_lazy("delegation", "From"))
    until = DateField(label=_("Until and including"))
    reason = forms.CharField(
        label=_("Reason"), max_length=60, required=False, help_text=_("Such as leave or a course; colleagues read it.")
    )

    def __init__(self, *args, posts, people, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["away"].queryset, self.fields["delegate"].queryset = posts, people
