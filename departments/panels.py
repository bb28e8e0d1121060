"""What this room adds to the frame of every page."""

from django.utils.translation import gettext_lazy as _

from core import registry
from departments.models import Region

DIRECTORY = _("Departments and hotlines")
PEOPLE = _("People and posts")


def other_posts(user):
    """The posts a person may switch to: those held now beside the one acted in."""
    acting = user.post
    held = getattr(user, "held", None)  # loaded with the request (departments.middleware)
    if held is not None:
        return [post for post in held if post.pk != (acting.pk if acting else None)]
    return user.posts.current().exclude(pk=acting.pk if acting else None).select_related("department")


def home_region():
    """The region this installation serves, for pages nobody is signed in to: the only county, else none."""
    counties = list(Region.objects.filter(level="county")[:2])
    return counties[0] if len(counties) == 1 else None


def notes_on(ids):
    """What rooms above say of these people, by id: words such as “away until …”."""
    said = {}
    for notes in registry.people_notes:
        said |= notes(ids)
    return said
