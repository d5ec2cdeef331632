"""`statelint rule`: explain a rule."""

import click

from pystatelint.cli.options import COMMAND_SETTINGS


@click.command("rule", context_settings=COMMAND_SETTINGS)
@click.argument("word", required=False, metavar="[CODE|NAME]")
@click.option("--all", "everything", is_flag=True, help="Explain every rule at length.")
@click.option(
    "--output-format",
    "-f",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How to print.",
)
def command(*, word: str | None, everything: bool, output_format: str) -> None:
    """Explain a rule: what it finds, why it hurts, what cures it.

    Without a code or name: list the rules.
    """
    from pystatelint.cli.output import print_text
    from pystatelint.cli.rule_text import chosen_rules, explained, explained_as_json, listed_rules
    from pystatelint.rules import ALL_RULES

    rules = chosen_rules(word, ALL_RULES, everything=everything)
    match output_format, word, everything:
        case "json", None, _:
            print_text(explained_as_json(rules))
        case "json", _, _:
            print_text(explained_as_json(rules[0]))
        case _, None, False:
            print_text(listed_rules(rules))
        case _:
            print_text("\n\n".join(map(explained, rules)))
