from sanctions.urls_credit import patterns

app_name = "sanctions"

urlpatterns = [*patterns]
