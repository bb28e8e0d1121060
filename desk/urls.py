from django.urls import path

from desk import monitor, owes, search, views, views_board
from desk import views_statistics as statistics

app_name = "desk"

urlpatterns = [
    path("", views.workbench, name="workbench"),
    path("todo/", views.tab_page, {"code": "todo"}, name="todo"),
    path("to-sign/", views.tab_page, {"code": "sign"}, name="sign"),
    path("to-read/", views.tab_page, {"code": "read"}, name="read"),
    path("done/", views.tab_page, {"code": "done"}, name="done"),
    path("started/", views.tab_page, {"code": "started"}, name="started"),
    path("drafts/", views.tab_page, {"code": "drafts"}, name="drafts"),
    path("diary/", views.diary, name="diary"),
    path("monitor/", monitor.monitor, name="monitor"),
    path("monitor/export/", monitor.export, name="monitor_export"),
    path("monitor/owes/", owes.owes, name="owes"),
    path("monitor/owes/export/", owes.owes_export, name="owes_export"),
    path("monitor/press/", monitor.press, name="monitor_press"),
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/read/", views.read_everything, name="notifications_read"),
    path("notifications/<int:pk>/open/", views.open_notification, name="notification_open"),
    path("dashboard/", views_board.dashboard, name="dashboard"),
    path("dashboard/lists/<slug:code>/", views_board.board_list, name="board_list"),
    path("risk/", views_board.risk, name="risk"),
    path("settings/", views.settings_page, name="settings"),
    path("search/", search.search, name="search"),
    path("help/", views.help_page, name="help"),
    path("statistics/", statistics.overview, name="statistics"),
    path("statistics/file/", statistics.overview_file, name="statistics_file"),
    path("statistics/rows/", statistics.rows, name="statistics_rows"),
    path("statistics/rows/file/", statistics.rows_as_file, name="statistics_rows_file"),
    path("statistics/draft/", statistics.draft, name="statistics_draft"),
    path("statistics/reports/", statistics.reports, name="statistics_reports"),
    path("statistics/reports/<int:pk>/", statistics.report, name="statistics_report"),
    path("statistics/reports/<int:pk>/count/", statistics.CountAgain.as_view(), name="statistics_count"),
    path("statistics/reports/<int:pk>/sign/", statistics.Sign.as_view(), name="statistics_sign"),
    path("statistics/reports/<int:pk>/return/", statistics.SendBack.as_view(), name="statistics_return"),
    path("statistics/reports/<int:pk>/drop/", statistics.Drop.as_view(), name="statistics_drop"),
    path("statistics/reports/<int:pk>/correct/", statistics.Correct.as_view(), name="statistics_correct"),
]
