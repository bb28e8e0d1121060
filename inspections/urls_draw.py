"""Addresses of pools, draws and coverage; `urls.py` of the room takes them in."""

from django.urls import path

from inspections.views import coverage, draw, pools

patterns = [
    path("inspections/pools/", pools.pool_list, name="pools"),
    path("inspections/pools/new/", pools.new, name="new_pool"),
    path("inspections/pools/<int:pk>/", pools.detail, name="pool"),
    path("inspections/pools/<int:pk>/targets.xlsx", pools.export, name="pool_file"),
    *(
        path(f"inspections/pools/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in pools.STEPS.items()
    ),
    *(
        path(f"inspections/pools/targets/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in pools.TARGET_STEPS.items()
    ),
    *(
        path(f"inspections/pools/officers/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in pools.OFFICER_STEPS.items()
    ),
    path("inspections/pools/recusals/<int:pk>/end/", pools.EndRecusal.as_view(), name="end_recusal"),
    path("inspections/<int:pk>/commit-draw/", draw.Commit.as_view(), name="commit_draw"),
    path("inspections/draws/", draw.draw_list, name="draws"),
    path("inspections/draws/<int:pk>/", draw.detail, name="draw"),
    path("inspections/draws/<int:pk>/record.json", draw.record, name="draw_record"),
    path("inspections/draws/<int:pk>/result.pdf", draw.paper, name="draw_paper"),
    *(
        path(f"inspections/draws/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in draw.STEPS.items()
    ),
    path("inspections/coverage/", coverage.coverage, name="coverage"),
    path("inspections/coverage/bodies/<int:pk>/exempt/", coverage.Exempt.as_view(), name="exempt_body"),
    path("inspections/coverage/exempt/<int:pk>/end/", coverage.CountAgain.as_view(), name="count_again"),
    path("inspections/coverage.xlsx", coverage.coverage_file, name="coverage_file"),
    path("inspections/frequency/", coverage.frequency, name="frequency"),
    path("inspections/caps/", coverage.caps, name="caps"),
]
