"""Drawing a panel of the case page that some room contributed."""

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def case_panel(context, each):
    """`{% case_panel each %}`: a (panel, its context) pair drawn from the panel's own template."""
    panel, values = each
    with context.push(**values):
        return context.template.engine.get_template(panel.template).render(context)
