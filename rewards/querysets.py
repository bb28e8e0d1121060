"""The doors to reports (举报): report officers of the department that received them, nobody else."""

from django.db import models

from departments.enums import Role


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated or not user.has_role(Role.REPORT_OFFICER):
            return self.none()
        return self.filter(department=user.department)


class OfReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        if not user.is_authenticated or not user.has_role(Role.REPORT_OFFICER):
            return self.none()
        return self.filter(report__department=user.department)
