"""`orgcode guide`: short guides to read."""

from __future__ import annotations

import click

from orgcode.actions.guide import guide, guides
from orgcode.cli.command import command as orgcode_command
from orgcode.cli.context import Context
from orgcode.model.message import message
from orgcode.reporting.json import write_json


@orgcode_command(
    "guide",
    formats=("text", "json"),
    reads=False,
    help="Read a short guide (Markdown). Without TOPIC, list the guides.",
)
@click.argument("topic", required=False)
def command(context: Context, topic: str | None) -> int:
    """List the guides, or print one."""
    if topic is not None:
        one = guide(topic, context.language)
        data = {"topic": one.topic, "title": one.title, "text": one.text}
        context.out(write_json(data) if context.format == "json" else one.text)
        context.next("orgcode guide", message("lists the other guides"))
        return 0
    every = guides(context.language)
    if context.format == "json":
        context.out(write_json({"guides": [{"topic": g.topic, "title": g.title} for g in every]}))
    else:
        width = max((len(g.topic) for g in every), default=0)
        context.out("".join(f"{g.topic:<{width}}  {g.title}\n" for g in every))
    context.next(f"orgcode guide {every[0].topic}", message("shows the first of these"))
    return 0
