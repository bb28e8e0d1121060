"""How what happens to a person's long jobs and views is said in notices."""

from django.utils.translation import gettext_lazy as _

from core.registry import Verb

VERBS = (
    Verb("long_job.done", _("{long_work}: ready to be fetched, {rows} rows"), tone="g", group="access"),
    Verb("long_job.failed", _("{long_work}: could not be done"), tone="r", group="access"),
    Verb("view.digest", _("Digest of your view: {total} cases, {fresh} new, {soon} due soon, {late} overdue")),
)
