"""A filter and a tag."""

from django import template

register = template.Library()


@register.filter
def euros(value: object) -> str:
    """Show a price."""
    return f"{value} €"


@register.simple_tag(takes_context=True)
def shop_name(context: template.Context) -> str:
    """Return the name of the shop."""
    return str(context.get("name", "Shop"))


@register.inclusion_tag("shop/part.html")
def part(thing: object) -> dict[str, object]:
    """Show one thing."""
    return {"thing": thing}
