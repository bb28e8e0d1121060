"""Who: regions, departments, people and the posts they hold."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.scopes import Classification, Retention, Scope
from core.seeded import seeded
from departments.enums import ADMINISTRATORS, SEALS, Function, Level, ReferralKind, Role
from departments.querysets import DepartmentQuerySet, PostQuerySet, RouteQuerySet, UserQuerySet


class Region(models.Model):
    """An administrative region (GB/T 2260); a city may run many counties on one installation."""

    kind_code = "region"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    code = models.CharField(_("region code"), max_length=6, unique=True)
    name = models.CharField(_("name"), max_length=40)
    short_name = models.CharField(_("character in document marks"), max_length=8)
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.COUNTY)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        verbose_name = _("region")
        ordering = ("code",)

    def __str__(self):
        return self.name


class Department(models.Model):
    """A department of a region. One without an account (`has_account=False`) is served on paper."""

    kind_code = "department"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    region = models.ForeignKey(Region, models.PROTECT, related_name="departments")
    function = models.CharField(_("function"), max_length=12, choices=Function)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="units")
    name = models.CharField(_("full name"), max_length=60)
    short_name = models.CharField(_("short name"), max_length=20)
    mark = models.CharField(_("document mark"), max_length=12, help_text=_("机关代字, such as 青医保"))
    hotline = models.CharField(_("hotline"), max_length=30, blank=True)
    address = models.CharField(_("address"), max_length=100, blank=True)
    postcode = models.CharField(_("postcode"), max_length=6, blank=True)
    has_account = models.BooleanField(_("works in this system"), default=True)
    answer_links = models.BooleanField(
        _("may answer by a one-time link"), default=False,
        help_text=_("Only for a body that does not work in this system; the office decides."),
    )  # fmt: skip
    named_only = models.BooleanField(
        _("letters to it are seen by named persons only"), default=False,
        help_text=_("Such as the discipline inspection commission; others see a count."),
    )  # fmt: skip
    active = models.BooleanField(_("active"), default=True)
    group = models.OneToOneField(Group, models.PROTECT, related_name="department", editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("department")
        ordering = ("region", "id")
        constraints = [
            models.CheckConstraint(  # its people would all see what only named persons may
                condition=Q(named_only=False) | Q(has_account=False), name="department_named_only_on_paper"
            ),
            models.UniqueConstraint(fields=["region", "name"], name="department_name_once_a_region"),
            models.UniqueConstraint(
                fields=["region", "function"],
                condition=Q(active=True) & ~Q(function__in=[Function.OTHER, Function.AGENCY]),
                name="department_function_once_a_region",
            ),
        ]

    def __str__(self):
        return self.short_name

    @property
    def seal(self) -> str:
        return SEALS[Function(self.function)]


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, staff_number, password=None, **fields):
        """A row for tests and set-up; people are engaged by `departments.actions.people.engage`."""
        user = self.model(staff_number=staff_number, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in. What they may do comes from the post they act in, never from `is_superuser`."""

    kind_code = "user"
    scope = Scope.REGION
    retention = Retention.PERMANENT
    classification = {"phone": Classification.PERSONAL, "email": Classification.PERSONAL}

    staff_number = models.CharField(_("staff number"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=30)
    pinyin = models.CharField(max_length=30, blank=True, default="", db_default="", editable=False)
    job_title = models.CharField(_("job title"), max_length=30, blank=True)
    phone = models.CharField(_("office phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    must_change_password = models.BooleanField(default=False)

    behalf: int | None = None  # whose matters this request minds (workspace.middleware); written with what is done

    USERNAME_FIELD = "staff_number"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        ordering = ("staff_number",)

    def __str__(self):
        return self.name

    @property
    def is_staff(self):
        """Django's admin is for dictionaries only, and only for the system administrator."""
        return self.is_active and self.post is not None and self.post.role == Role.SYSTEM_ADMIN

    @cached_property
    def post(self):
        """The post this person acts in now, or None: the middleware sets it from the session, else the first."""
        return self.posts.current().select_related("department__region").order_by("id").first()

    @property
    def department(self):
        """The department this person acts for now, or None."""
        return self.post.department if self.post else None

    @property
    def region(self):
        return self.post.department.region if self.post else None

    def has_role(self, *roles) -> bool:
        """Whether the post this person acts in has one of `roles`."""
        return self.is_active and self.post is not None and self.post.role in roles

    @property
    def is_administrator(self) -> bool:
        return self.has_role(*ADMINISTRATORS)


class Post(models.Model):
    """A post a person holds in a department. Somebody with several acts in one at a time.

    Held from `since` until the day before `until`: ending a post today ends its rights today. A trigger
    keeps an administrator's post apart from every other post of the same person (三员分立).
    """

    kind_code = "post"
    scope = Scope.REGION
    retention = Retention.PERMANENT

    user = models.ForeignKey(User, models.PROTECT, related_name="posts")
    department = models.ForeignKey(Department, models.PROTECT, related_name="posts")
    role = models.CharField(_("post"), max_length=16, choices=Role)
    section = models.CharField(_("section"), max_length=30, blank=True)
    certificate = models.CharField(_("enforcement certificate number"), max_length=30, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(
        _("ends on"), null=True, blank=True, help_text=_("The first day on which the post is no longer held.")
    )

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["user", "department", "role"], condition=Q(until=None), name="post_held_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="post_until_after_since"
            ),
        ]

    def __str__(self):
        return f"{self.department} · {self.get_role_display()}"


class Route(models.Model):
    """Which function may send which kind of referral to which (C16); editable."""

    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    kind = models.CharField(_("kind"), max_length=12, choices=ReferralKind)
    sender = models.CharField(_("from"), max_length=12, choices=Function)
    receiver = models.CharField(_("to"), max_length=12, choices=Function)
    proposed = models.BooleanField(_("proposed by default"), default=False)
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = _("route")
        ordering = ("kind", "sender", "receiver")
        constraints = [models.UniqueConstraint(fields=["kind", "sender", "receiver"], name="route_once")]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.get_sender_display()} → {self.get_receiver_display()}"


class Category(models.Model):
    """A category of violation (E42's thirteen and C4–C6's), with a plain code."""

    kind_code = "category"
    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    code = models.SlugField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=40)
    source = models.CharField(_("source"), max_length=100, blank=True)
    fraud = models.BooleanField(
        _("suspected fraud"),
        default=False,
        help_text=_(
            "A lead of this category about a designated institution is to be told to the departments (C10)."
        ),
    )
    active = models.BooleanField(_("active"), default=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("violation category")
        ordering = ("order", "code")

    def __str__(self):
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language; letters print `name`."""
        return seeded(self.name)


class Competence(models.Model):
    """Which functions are competent for a category (T8: who checks prices differs by county, so it is editable)."""

    scope = Scope.DICTIONARY
    retention = Retention.PERMANENT

    category = models.ForeignKey(Category, models.CASCADE, related_name="competences")
    function = models.CharField(_("function"), max_length=12, choices=Function)
    basis = models.CharField(_("basis"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("competence")
        ordering = ("category", "function")
        constraints = [models.UniqueConstraint(fields=["category", "function"], name="competence_once")]

    def __str__(self):
        return f"{self.category}: {self.get_function_display()}"


from departments.models_access import Authenticator, RecoveryCode, SignIn, UsedPassword  # noqa: E402 (of the people above)

__all__ = [
    "Authenticator", "Category", "Competence", "Department", "Post", "RecoveryCode", "Region", "Route", "SignIn",
    "UsedPassword", "User", "UserManager",
]  # fmt: skip
