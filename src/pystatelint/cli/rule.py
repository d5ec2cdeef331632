"""`statelint rule`: explain a rule."""

import click

from pystatelint.cli.options import COMMAND_SETTINGS


@click.command("rule", context_settings=COMMAND_SETTINGS)
@click.argument("word", required=False, metavar="[CODE|NAME]")
@click.option("--all", "everything", is_flag=True, help="Explain every rule.")
@click.option(
    "--output-format",
    "-f",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print.",
)
def command(*, word: str | None, everything: bool, output_format: str) -> None:
    """Explain a rule: what it finds, why it hurts, when it is fine, what cures it."""
    from pystatelint.cli.explain import chosen_rules, explained, explained_as_json
    from pystatelint.cli.output import print_text
    from pystatelint.rules import ALL_RULES

    rules = chosen_rules(word, ALL_RULES, everything=everything)
    match output_format, everything:
        case "json", True:
            print_text(explained_as_json(rules))
        case "json", False:
            print_text(explained_as_json(rules[0]))
        case _:
            print_text("\n\n".join(map(explained, rules)))
