"""What a page of a long form says of its draft."""

from django import template

from workspace.drafting import Standing, standing

register = template.Library()


@register.simple_tag(takes_context=True)
def drafting(context, form=None) -> Standing | None:
    """`{% drafting form as draft %}` before the form is drawn: its draft, put into it where the address asks for it.

    None on pages whose forms keep no drafts.
    """
    request = context.get("request")
    return standing(request, form) if request is not None else None
