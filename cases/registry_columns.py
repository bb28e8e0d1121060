"""The columns of the registry a person may choose among, and how high its rows are."""

from django.utils.translation import gettext_lazy, pgettext_lazy

COLUMNS = {
    "number": gettext_lazy("Case number"),
    "category": gettext_lazy("Violation"),
    "departments": pgettext_lazy("column", "Departments"),
    "status": gettext_lazy("Stage"),
    "amount": gettext_lazy("Suspected, yuan"),
    "handler": gettext_lazy("Handler"),
    "opened": gettext_lazy("Registered on"),
    "updated": gettext_lazy("Updated"),
    "source": gettext_lazy("Source"),
    "found_on": gettext_lazy("Received on"),
    "owner": gettext_lazy("Lead department"),
}
SHOWN = ["number", "category", "departments", "status", "amount", "handler", "opened"]
DENSITIES = {
    "normal": gettext_lazy("Normal"),
    "compact": gettext_lazy("Compact"),
    "loose": gettext_lazy("Loose"),
}
