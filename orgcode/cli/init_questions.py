"""What `orgcode init` asks at a terminal, where it was not given as an option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from orgcode.actions.init import known_founder
from orgcode.actions.naming import Team, teams_from
from orgcode.actions.starters import STARTERS, Starter, starter_named
from orgcode.cli.context import Context
from orgcode.model.errors import OrgcodeError
from orgcode.model.message import Message, message
from orgcode.reporting.terminal import quoted

QUESTIONS: Mapping[str, Message] = {
    "--name": message("What is your organisation called?"),
    "--purpose": message("What is it for, in one sentence?"),
    "--founder": message("What is your own name?"),
}


def complete(context: Context, given: Mapping[str, str | None]) -> Mapping[str, str]:
    """What was given, and what is asked for; never asks where nobody can answer."""
    for option, answer in given.items():
        if answer is not None and not answer.strip():
            raise OrgcodeError(
                message("{option} is empty.", option=option),
                message("Give it a text, or leave it out to be asked for it."),
            )
    known = {"--founder": known_founder()}
    missing = [option for option, answer in given.items() if answer is None]
    if context.interactive:
        asked = {o: _ask(context, QUESTIONS[o], known.get(o)) for o in missing}
    else:
        asked = {option: found for option in missing if (found := known.get(option))}
        if lacking := [option for option in missing if option not in asked]:
            raise OrgcodeError(
                message("There is nobody at a terminal to ask for {options}.", options=lacking),
                message(
                    "Give it as options: {options}.",
                    options=" ".join(f'{option} "..."' for option in lacking),
                ),
            )
    return {
        option: answer if answer is not None else asked[option] for option, answer in given.items()
    }


def choose_starter(context: Context, name: str | None, ruleset: str | None) -> Starter:
    """The starter that was named, or for the ruleset; else the one chosen from a list."""
    if name is not None or ruleset is not None or not context.interactive:
        return starter_named(name, ruleset)
    width = max(len(starter.name) for starter in STARTERS)
    for place, starter in enumerate(STARTERS, 1):
        about = context.translator.say(starter.about)
        click.echo(f"  {place}  {starter.name:<{width}}  {about}", err=True)
    names = {str(place): starter.name for place, starter in enumerate(STARTERS, 1)}
    question = message("What do you want to start with? Give a number or a name.")
    while True:
        answer = _ask(context, question, STARTERS[0].name).strip()
        try:
            return starter_named(names.get(answer, answer))
        except OrgcodeError as error:
            _say_what_is_wrong(context, error)


def choose_teams(context: Context, starter: Starter, given: Sequence[str]) -> tuple[Team, ...]:
    """The teams that were named, or asked for where the starter wants some."""
    if given or not starter.has_teams or not context.interactive:
        return teams_from(given)
    question = message("What are your teams called? Put commas between their names.")
    while True:
        names = [name for name in _ask(context, question, None).split(",") if name.strip()]
        try:
            if teams := teams_from(names):
                return teams
        except OrgcodeError as error:
            _say_what_is_wrong(context, error)


def _say_what_is_wrong(context: Context, error: OrgcodeError) -> None:
    say = context.translator.say
    click.echo(quoted(f"{say(error.cause)} {say(error.way_out)}"), err=True)


def _ask(context: Context, said: Message, known: str | None) -> str:
    question = context.translator.say(said)
    answer = ""
    while not answer.strip():
        answer = click.prompt(
            question,
            default=known or "",
            err=True,
            show_default=bool(known),
            prompt_suffix=": " if known else " ",
        )
    return answer
