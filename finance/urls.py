"""The addresses of the registers; /finance/ itself is the page of money confirmed (cases)."""

from django.urls import path

from finance.views import funds, lists, reviews

app_name = "finance"
urlpatterns = [
    *(
        path(f"finance/{code}/{tail}", view, {"code": code}, name=f"{code}{name}")
        for code in ("funds", "budgets", "appraisals")
        for tail, view, name in (("", lists.register_list, ""), ("file/", lists.register_file, "_file"))
    ),
    path("finance/funds/new/", funds.new_fund, name="new_fund"),
    path("finance/funds/<int:pk>/", funds.fund_page, name="fund"),
    path("finance/funds/<int:pk>/enter/", funds.Enter.as_view(), name="enter_fund"),
    path("finance/funds/entries/<int:pk>/reverse/", funds.Reverse.as_view(), name="reverse_entry"),
    path("finance/budgets/new/", reviews.new_budget, name="new_budget"),
    path("finance/budgets/<int:pk>/", reviews.budget_page, name="budget"),
    path("finance/budgets/<int:pk>/confirm/", reviews.ConfirmBudget.as_view(), name="confirm_budget_review"),
    path("finance/budgets/<int:pk>/return/", reviews.ReturnBudget.as_view(), name="return_budget_review"),
    path("finance/budgets/<int:pk>/correct/", reviews.CorrectBudget.as_view(), name="correct_budget_review"),
    path("finance/appraisals/new/", reviews.new_appraisal, name="new_appraisal"),
    path("finance/appraisals/<int:pk>/", reviews.appraisal_page, name="appraisal"),
    path("finance/appraisals/<int:pk>/confirm/", reviews.ConfirmAppraisal.as_view(), name="confirm_appraisal"),
    path("finance/appraisals/<int:pk>/return/", reviews.ReturnAppraisal.as_view(), name="return_appraisal"),
    path("finance/appraisals/<int:pk>/correct/", reviews.CorrectAppraisal.as_view(), name="correct_appraisal"),
]
