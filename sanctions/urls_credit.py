"""Addresses of look-ups, credit records, publications, points and scores."""

from django.urls import path

from sanctions.views import eligibility, point_steps, points, publication_steps, publications

_PUBLICATION, _ENTRY = "publications/<int:pk>", "points/entries/<int:pk>"
_SCORE, _TASK = "points/scores/<int:pk>", "points/tasks/<int:pk>"


def _steps(prefix, steps, names):
    return [
        path(f"sanctions/{prefix}/{end}/", steps[name].as_view(), name=name) for name, end in names.items()
    ]


patterns = [
    path("sanctions/eligibility/", eligibility.eligibility, name="eligibility"),
    path("sanctions/eligibility/<int:pk>/", eligibility.answer, name="eligibility_answer"),
    path("sanctions/eligibility/<int:pk>/pdf/", eligibility.answer_pdf, name="eligibility_pdf"),
    path("subjects/<int:pk>/credit/", eligibility.credit, name="credit"),
    path("subjects/<int:pk>/credit/pdf/", eligibility.credit_pdf, name="credit_pdf"),
    path("sanctions/publications/", publications.publications, name="publications"),
    path("sanctions/publications/new/", publications.new_publication, name="new_publication"),
    path(f"sanctions/{_PUBLICATION}/", publications.publication, name="publication"),
    path(f"sanctions/{_PUBLICATION}/proof/", publications.proof, name="publication_proof"),
    *_steps(_PUBLICATION, publication_steps.STEPS, {
        "edit_publication": "edit", "release_publication": "release", "return_publication": "return",
        "drop_publication": "drop", "withdraw_publication": "withdraw", "prove_withdrawal": "prove",
    }),
    path("sanctions/exports/", publications.export_list, name="exports"),
    path("sanctions/exports/<int:pk>/", publications.export, name="export"),
    path("sanctions/exports/<int:pk>/file/", publications.export_file, name="export_file"),
    path("sanctions/exports/<int:pk>/receipts/", publication_steps.Receive.as_view(), name="receipts"),
    path("sanctions/mapping/", publications.mapping, name="mapping"),
    path("sanctions/points/", points.points, name="points"),
    path("sanctions/points/new/", points.new_points, name="new_points"),
    path("sanctions/points/score/", points.new_score, name="new_score"),
    path("sanctions/points/import/", points.import_list, {"kind": "points"}, name="import_points"),
    path("sanctions/points/import-scores/", points.import_list, {"kind": "scores"}, name="import_scores"),
    path("sanctions/points/template/", points.list_template, {"kind": "points"}, name="points_template"),
    path("sanctions/points/template-scores/", points.list_template, {"kind": "scores"}, name="scores_template"),
    path("sanctions/points/lists/<int:pk>/", points.point_list, name="point_list"),
    *_steps("points/lists/<int:pk>", point_steps.STEPS, {"confirm_list": "confirm"}),
    path(f"sanctions/{_ENTRY}/", points.entry, name="points_entry"),
    *_steps(_ENTRY, point_steps.STEPS, {
        "confirm_points": "confirm", "reject_points": "reject", "revoke_points": "revoke",
    }),
    path(f"sanctions/{_SCORE}/", points.score, name="score"),
    *_steps(_SCORE, point_steps.STEPS, {"confirm_score": "confirm", "reject_score": "reject", "revoke_score": "revoke"}),
    path(f"sanctions/{_TASK}/", points.consequence, name="consequence"),
    *_steps(
        _TASK, point_steps.STEPS,
        {"settle_consequence": "settle", "dismiss_consequence": "dismiss", "lift_consequence": "lift"},
    ),
]  # fmt: skip
