"""`orgcode explain`: what a rule of `check` is about."""

from __future__ import annotations

import click

from orgcode.actions.explain import explain
from orgcode.checking.change_rules import EVERY_RULE
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import message
from orgcode.reporting.rules import explain_rule, list_rules


@orgcode_command(
    "explain",
    formats=("text", "json"),
    reads=False,
    help="Explain a rule that check goes by: what it is for, with an example that is wrong and "
    "one that is right. Without RULE, list all rules.",
)
@click.argument("rule", required=False)
def command(context: Context, rule: str | None) -> int:
    """List the rules, or explain one."""
    if rule is None:
        context.out(list_rules(EVERY_RULE, context.format, context.translator))
        context.next("orgcode explain seat-open", message("tells more about one of these rules"))
    else:
        context.out(explain_rule(explain(rule), context.format, context.translator))
        context.next("orgcode check", message("finds what is wrong in the files"))
    return 0
