from django.urls import path

from cases.views import access, case, evidence, history, importing, money, register, registry, strand, subject

app_name = "cases"

urlpatterns = [
    path("cases/", registry.registry, name="list"),
    path("cases/export/", registry.export, name="export"),
    path("cases/import/", importing.import_list, name="import"),
    path("cases/import/template/", importing.template, name="import_template"),
    path("cases/new/", register.register, name="register"),
    path("cases/new/subjects/", register.find_subjects, name="find_subjects"),
    path("cases/<int:pk>/", case.detail, name="detail"),
    path("cases/<int:pk>/edit/", case.edit, name="edit"),
    path("cases/<int:pk>/begin/", case.begin, name="begin"),
    path("cases/<int:pk>/decide/", case.decide, name="decide"),
    path("cases/<int:pk>/close/", case.close, name="close"),
    path("cases/<int:pk>/reopen/", case.reopen, name="reopen"),
    path("cases/<int:pk>/notes/", case.add_note, name="add_note"),
    path("cases/<int:pk>/strands/new/", strand.open_new, name="open_strand"),
    path("cases/<int:pk>/evidence/", evidence.add, name="add_evidence"),
    path("cases/<int:pk>/money/", money.enter, name="enter_money"),
    path("cases/<int:pk>/restrict/", access.restrict, name="restrict"),
    path("cases/<int:pk>/lift/", access.lift, name="lift"),
    path("cases/<int:pk>/people/", access.name, name="name_person"),
    path("named/<int:pk>/end/", access.unname, name="unname_person"),
    path("strands/<int:pk>/<slug:verb>/", strand.act, name="strand"),
    path("evidence/<int:pk>/", evidence.detail, name="evidence"),
    path("evidence/<int:pk>/download/", evidence.download, name="download"),
    path("evidence/<int:pk>/void/", evidence.void, name="void_evidence"),
    path("money/<int:pk>/reverse/", money.reverse_one, name="reverse_money"),
    path("subjects/", subject.subjects, name="subjects"),
    path("subjects/new/", subject.add, name="add_subject"),
    path("subjects/<int:pk>/", subject.detail, name="subject"),
    path("subjects/<int:pk>/edit/", subject.edit, name="edit_subject"),
    path("subjects/<int:pk>/relations/new/", history.AddRelation.as_view(), name="add_relation"),
    path("subjects/<int:pk>/changes/new/", history.RecordChange.as_view(), name="record_change"),
    path("relations/<int:pk>/end/", history.EndRelation.as_view(), name="end_relation"),
    path("changes/<int:pk>/void/", history.VoidChange.as_view(), name="void_change"),
]
