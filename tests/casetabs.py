"""The case page as a test walks it: every tab of it."""

from django.urls import reverse

from cases.tabs import TABS


def tab_urls(case_id):
    """The addresses of all tabs of a case's page."""
    return [f"{reverse('cases:detail', args=[case_id])}?tab={tab}" for tab in TABS]


def tab_url(case_id, tab):
    return f"{reverse('cases:detail', args=[case_id])}?tab={tab}"


def whole_page(client, case_id):
    """What this person reads on all tabs together; the summary once where that is all they get."""
    pages = [client.get(url) for url in tab_urls(case_id)]
    assert {page.status_code for page in pages} == {200}
    return "".join(page.content.decode() for page in pages)
