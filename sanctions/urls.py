"""Addresses of joint sanctions."""

from django.urls import path

from sanctions import urls_credit
from sanctions.views import catalogue, lists, sanctions, steps, tasks

app_name = "sanctions"
urlpatterns = [
    path("sanctions/", sanctions.sanction_list, name="list"),
    path("sanctions/<int:pk>/", sanctions.detail, name="sanction"),
    path("sanctions/<int:pk>/edit/", sanctions.edit, name="edit"),
    path("cases/<int:pk>/sanction/", sanctions.propose, name="propose"),
    path("sanctions/tasks/", tasks.task_list, name="tasks"),
    path("sanctions/tasks/<int:pk>/", tasks.detail, name="task"),
    path("sanctions/measures/<int:pk>/proof/", tasks.proof, name="proof"),
    path("sanctions/hearings/<int:pk>/statement/", tasks.statement, name="statement"),
    path("sanctions/repairs/<int:pk>/application/", tasks.application, name="application"),
    path("sanctions/lists/", lists.entries, name="lists"),
    path("sanctions/lists/find/", lists.find_subject, name="find_subject"),
    path("sanctions/lists/<slug:kind>.pdf", lists.sheet, name="sheet"),
    path("sanctions/lists/propose/<int:pk>/", lists.ProposeEntry.as_view(), name="propose_entry"),
    path("sanctions/lists/entries/<int:pk>/", lists.entry_page, name="entry"),
    path("sanctions/repairs/<int:pk>/", lists.repair_page, name="repair"),
    path("sanctions/catalogue/", catalogue.measures, name="measures"),
    path("sanctions/catalogue/add/", catalogue.add, name="add_to_catalogue"),
    path("sanctions/catalogue/<int:pk>/", catalogue.edit, name="edit_catalogue"),
    *(
        path(
            f"{'sanctions/' if place != 'sanctions' else ''}{place}/<int:pk>/{spec.name.replace('_', '-')}/",
            steps.page(spec).as_view(),
            name=spec.name,
        )
        for place, specs in steps.PAGES.items()
        for spec in specs
    ),
    *urls_credit.patterns,
]
