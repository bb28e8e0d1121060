"""The addresses of rewards and their money."""

from django.urls import path

from rewards.views import bank_files, payments_money, rewards_money, rules_money

urlpatterns = [
    path("rewards/", rewards_money.reward_list, name="list"),
    path("rewards/pay/", payments_money.pay, name="pay"),
    path("rewards/ledger/", payments_money.ledger, name="ledger"),
    path("rewards/budget/", payments_money.budget, name="budget"),
    path("rewards/budget/change/", payments_money.change_budget, name="change_budget"),
    path("rewards/ageing/", payments_money.ageing, name="ageing"),
    path("rewards/bank-files/", bank_files.bank_file_list, name="bank_files"),
    path("rewards/bank-files/new/", bank_files.new_bank_file, name="new_bank_file"),
    path("rewards/bank-files/<int:pk>/", bank_files.bank_file_page, name="bank_file"),
    path("rewards/bank-files/<int:pk>/make/", bank_files.MakeFile.as_view(), name="make_bank_file"),
    path("rewards/bank-files/<int:pk>/download/", bank_files.download_file, name="download_bank_file"),
    path("rewards/bank-files/<int:pk>/key/", bank_files.GiveFileKey.as_view(), name="bank_file_key"),
    path("rewards/bank-files/<int:pk>/close/", bank_files.CloseFile.as_view(), name="close_bank_file"),
    path(
        "rewards/payments/<int:pk>/reverse/", payments_money.ReversePayment.as_view(), name="reverse_payment"
    ),
    path("rewards/rules/", rules_money.rule_list, name="rules"),
    path("rewards/rules/adopt/", rules_money.adopt, name="adopt_rule"),
    path("rewards/reporters/<int:pk>/eligibility/", rules_money.eligibility, name="eligibility"),
    path("rewards/reports/<int:pk>/repetition/", rules_money.repetition, name="repetition"),
    path(
        "rewards/reports/<int:pk>/repetition/withdraw/",
        rules_money.withdraw_repetition_of,
        name="withdraw_repetition",
    ),
    path("rewards/<int:pk>/", rewards_money.detail, name="reward"),
    *(
        path(f"rewards/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in rewards_money.STEPS.items()
    ),
    *(
        path(f"rewards/papers/<int:pk>/{step.replace('_', '-')}/", view.as_view(), name=step)
        for step, view in rewards_money.PAPER_STEPS.items()
    ),
]
