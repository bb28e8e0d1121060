"""提前介入: joining or declining, what the team finds, each department's view, and the opinion."""

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.gathering import Gathering
from core.refusals import StillOpen
from departments.models import User
from journal.render import timeline
from referrals import offers_informing, reading, rules_informing
from referrals.actions.handling import accept_referral, return_referral
from referrals.actions.team_papers import TheirPaper, bodies_on_paper, name_on_paper
from referrals.actions.teams import (
    add_members,
    conclude_team,
    dissolve_team,
    give_view,
    remove_member,
    share_finding,
)
from referrals.enums import ReturnCategory
from referrals.forms import ReasonForm
from referrals.forms_informing import (
    FindingForm,
    OpinionForm,
    PaperFindingForm,
    PaperNamesForm,
    PaperViewForm,
    PeopleForm,
    ViewForm,
)
from referrals.models import JointTeam, Referral, TeamMember
from referrals.rules import WORKERS
from referrals.views.steps import Step


@require_GET
@login_required
def detail(request, pk):
    """The team for its departments; for the office, that it works and how it ended."""
    user = request.user
    readable = JointTeam.objects.readable_by(user).filter(pk=OuterRef("pk"))  # door: visible_to, whole teams only
    found = JointTeam.objects.visible_to(user).annotate(is_readable=Exists(readable)).for_list()
    team = get_object_or_404(found.select_related("document", "concluded_by"), pk=pk)
    mine, gathering = team.is_readable, Gathering()
    people = TeamMember.objects.select_related("department", "user")  # door: of this team
    letters = Referral.objects.filter(dispatch__team=team).select_related("receiver", "dispatch")  # door: the team's own
    members = gathering.hang(team, "members", people.order_by("ended_at", "pk"))
    context = {
        "team": team, "mine": mine, "members": members, "invitations": gathering.rows(letters.order_by("pk")),
    }  # fmt: skip
    if mine:
        findings = team.findings.select_related("department", "by", "paper").prefetch_related("evidence")
        context |= {
            "findings": gathering.rows(findings),
            "views": gathering.rows(team.views.select_related("department", "by", "team", "paper")),
            "papers": gathering.rows(team.papers.select_related("department", "by")),
        }
        events = gathering.rows(reading.events_of(team))
    gathering.ask()
    if mine:
        context |= {
            "offers": offers_informing.of_team(user, team),
            "removable": {member.pk for member in members if rules_informing.can_remove_member(user, member)},
            "days": timeline(events, user),
        }
    return render(request, "referrals/team.html", context)


class Join(Step):
    """介入: the department takes part, with named persons."""

    model, rule, verb = Referral, rules_informing.can_join, "team.join"
    title, label = _("Take part with these persons"), _("Take part")
    done = _("Your department is on the joint team. The persons named may work in the case.")

    def load(self, pk):
        found = Referral.objects.visible_to(self.request.user)
        return get_object_or_404(found.select_related("case", "sender", "receiver", "dispatch__team"), pk=pk)

    def form(self, thing, data=None, files=None):
        people = User.objects.acting_for(thing.receiver, *WORKERS)  # door: colleagues in one's own department
        initial = {"seen": thing.status, "people": [self.request.user.pk]}
        return PeopleForm(data, people=people, needed=False, initial=initial)

    def context(self, thing):
        return {"lead": _("What is unclear: %(point)s") % {"point": thing.dispatch.unclear}}

    def after(self, thing, result):
        return thing.dispatch.team.get_absolute_url()

    def act(self, thing, form, at):
        return accept_referral(
            referral=thing, people=list(form.cleaned_data["people"]), by=self.request.user, at=at
        )


class Decline(Join):
    """不介入, with the reason."""

    rule, verb, danger = rules_informing.can_decline, "team.decline", True
    title = label = _("Do not take part")
    done = _("Declined. Your department's access to the case has ended.")

    def form(self, thing, data=None, files=None):
        return ReasonForm(data, initial={"seen": thing.status})

    def after(self, thing, result):
        return thing.get_absolute_url()

    def act(self, thing, form, at):
        return return_referral(
            referral=thing, category=ReturnCategory.OTHER, reason=form.cleaned_data["reason"],
            by=self.request.user, at=at,
        )  # fmt: skip


class TeamStep(Step):
    model = JointTeam

    def load(self, pk):
        found = JointTeam.objects.readable_by(self.request.user)  # door: visible_to, whole teams only
        return get_object_or_404(found.for_list(), pk=pk)


class AddMembers(TeamStep):
    rule, verb = rules_informing.can_name_members, "team.add_members"
    title, label, done = _("Name persons of your department"), _("Name"), _("Named on the team.")

    def form(self, thing, data=None, files=None):
        department = self.request.user.department
        people = User.objects.acting_for(department, *WORKERS)  # door: colleagues in one's own department
        there = thing.members.now().filter(user__isnull=False)  # a NULL among them would leave nobody to choose
        people = people.exclude(pk__in=there.values("user"))
        return PeopleForm(data, people=people, initial={"seen": thing.status})

    def act(self, thing, form, at):
        return add_members(
            team=thing, department=self.request.user.department, people=list(form.cleaned_data["people"]),
            by=self.request.user, at=at,
        )  # fmt: skip


class RemoveMember(Step):
    model, rule, verb = TeamMember, rules_informing.can_remove_member, "team.remove_member"
    direct = True
    done = _("Taken off the team. The name on the case ended with it.")

    def load(self, pk):
        found = TeamMember.objects.visible_to(self.request.user)
        return get_object_or_404(found.select_related("team__case", "department", "user"), pk=pk)

    def back_url(self, thing):
        return thing.team.get_absolute_url()

    def act(self, thing, form, at):
        return remove_member(member=thing, by=self.request.user, at=at)


class Share(TeamStep):
    rule, verb = rules_informing.can_share, "team.share"
    title, label, done = _("Share what was found"), _("Share"), _("Shared with the departments of the team.")

    def form(self, thing, data=None, files=None):
        evidence = thing.case.evidence.filter(voided_at=None)
        return FindingForm(data, evidence=evidence, initial={"seen": thing.status})

    def act(self, thing, form, at):
        return share_finding(
            team=thing, text=form.cleaned_data["text"], evidence=form.cleaned_data["evidence"],
            by=self.request.user, at=at,
        )  # fmt: skip


class GiveView(TeamStep):
    rule, verb = rules_informing.can_give_view, "team.give_view"
    title, label = _("The view of your department"), _("Record the view")
    done = _("Recorded. It may be changed until the opinion is recorded.")

    def form(self, thing, data=None, files=None):
        view = thing.views.filter(department=self.request.user.department).first()
        given = {"nature": view.nature, "text": view.text} if view else {}
        return ViewForm(data, initial={"seen": thing.status, **given})

    def act(self, thing, form, at):
        return give_view(
            team=thing, nature=form.cleaned_data["nature"], text=form.cleaned_data["text"],
            by=self.request.user, at=at,
        )  # fmt: skip


class PaperStep(TeamStep):
    """What a body without an account wrote, entered with the scan of its paper."""

    rule = rules_informing.can_enter_paper
    paper_form = None

    def form(self, thing, data=None, files=None, **more):
        initial = {"seen": thing.status, "dated_on": timezone.localdate()}
        return self.paper_form(data, files, bodies=bodies_on_paper(thing), initial=initial, **more)

    @staticmethod
    def paper(form):
        names = ("department", "number", "dated_on", "upload")
        return TheirPaper(
            person=form.cleaned_data["said_by"], **{name: form.cleaned_data[name] for name in names}
        )


class PaperShare(PaperStep):
    """What a body without an account found, from its paper."""

    verb, paper_form = "team.share", PaperFindingForm
    title, label = _("Enter what a body on paper found"), _("Enter")
    done = _("Entered, and shared with the departments of the team.")

    def form(self, thing, data=None, files=None):
        return super().form(thing, data, files, evidence=thing.case.evidence.filter(voided_at=None))

    def act(self, thing, form, at):
        return share_finding(
            team=thing, text=form.cleaned_data["text"], evidence=form.cleaned_data["evidence"],
            paper=self.paper(form), by=self.request.user, at=at,
        )  # fmt: skip


class PaperView(PaperStep):
    """The view of a body without an account, from its paper; entered again, it takes the place of the earlier one."""

    verb, paper_form = "team.give_view", PaperViewForm
    title, label = _("Enter the view of a body on paper"), _("Enter")
    done = _("Recorded. It may be changed until the opinion is recorded.")

    def act(self, thing, form, at):
        return give_view(
            team=thing, nature=form.cleaned_data["nature"], text=form.cleaned_data["text"],
            paper=self.paper(form), by=self.request.user, at=at,
        )  # fmt: skip


class PaperMembers(PaperStep):
    """Whom a body without an account names besides the person who accepted for it."""

    verb, paper_form = "team.add_members", PaperNamesForm
    title, label, done = _("Name persons of a body on paper"), _("Name"), _("Named on the team.")

    def act(self, thing, form, at):
        return name_on_paper(
            team=thing, names=form.cleaned_data["names"], paper=self.paper(form), by=self.request.user, at=at
        )


class Conclude(TeamStep):
    """定性意见."""

    rule, verb, form_class = rules_informing.can_conclude, "team.conclude", OpinionForm
    template = "referrals/conclude.html"
    title, label = _("Record the opinion on the nature of the case"), _("Record and issue")
    done = _("Recorded and issued. The team has ended; views that differ are kept in the opinion.")

    def context(self, thing):
        return {"views": thing.views.select_related("department", "by", "team", "paper")}

    def answer_refusal(self, thing, form, refusal, at):
        if isinstance(refusal, StillOpen):
            form.add_error(None, "；".join([str(refusal), *map(str, refusal.details["items"])]))
            return self.show(thing, form)
        return super().answer_refusal(thing, form, refusal, at)

    def act(self, thing, form, at):
        return conclude_team(
            team=thing, outcome=form.cleaned_data["outcome"], reasons=form.cleaned_data["reasons"],
            by=self.request.user, at=at,
        )  # fmt: skip


class Dissolve(TeamStep):
    rule, verb, form_class = rules_informing.can_dissolve, "team.dissolve", ReasonForm
    template, danger = "partials/confirm.html", True
    title = label = _("Dissolve the team")
    effect = _("The team ends without an opinion, and so does everybody's name on the case that it gave.")
    done = _("Dissolved.")

    def act(self, thing, form, at):
        return dissolve_team(team=thing, reason=form.cleaned_data["reason"], by=self.request.user, at=at)


