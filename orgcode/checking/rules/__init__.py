'''The rules, one module each; the docstring of a module is the documentation of its rule.

The pattern of a rule, here `rules/unknown_person.py`, whose name is `unknown-person`:

    """Ensure that everyone who is named has a file in `people/`.

    Why it matters, and the way out: in one to three paragraphs without braces. Each paragraph
    is a message of its own in the catalogues (its lines joined by spaces), so `explain` says it
    in Dutch too.

    Wrong:

        # roles/cook.yaml
        name: Cook
        circle: house
        purpose: Meals
        holders: [sarah]  # <-- here

    Right:

        # roles/cook.yaml
        name: Cook
        circle: house
        purpose: Meals
        holders: [sara]
    """

    SEVERITY: Severity = "error"
    GROUP: Group = "references"
    DEPENDS_ON_DATE = True          # only where the findings depend on `org.today`
    FOR: tuple[Subject, ...] = ("circle", "role", "agreement")

    def check(org: Org, thing: Circle | Role | Agreement) -> Iterator[Problem]:
        """Name those who have no file."""
        yield Problem(path=thing.path, pointer=..., cause=message(...), way_out=message(...))

A rule is about one thing at a time, of each subject that `FOR` lists (`checking.rule.Subject`), and
its problems stand in the file of that thing. So after a change only what was touched is checked
again. For that it reads the organisation by keyed look-ups alone: `org.circles.get(id)`,
`org.roles_in.get(circle)`, `org.is_known(kind, id)`, `org.under(index, key)`; never by going
through everything. What is to be compared across things has a posting (`model.postings`), and of
two that clash the later one, by path, has the problem. What is worth keeping is kept by `org.kept`.

What many things have together, such as the largest electorate, is gathered: `check` yields a
`Share` of plain data for each, and `gather(org, shares)` makes problems of all of them, anywhere.

After `Wrong:` and `Right:` (several of each are fine) stands an example, indented by four: the
files of an organisation, each under a line `# path`. In a wrong example the rule finds exactly the
lines that end in `# <-- here` (the mark is taken off before the file is read); the mark behind a
path means the first line of that file. In a right example it finds nothing. Behind the path a
comma and one of these may follow: `continued` (the lines come after those that the file has
anyway), `absent` (there is no such file), `a link`, `a submodule`, `in windows-1252`.

Every example stands in the organisation of `tests/checking/examples.py`: org.yaml (ruleset teal@1,
nothing but what is required), the anchor circle `house`, and the people `sara` and `omar`. It is
read on `documentation.EXAMPLE_DAY`, 1 March 2027.

Where something is *absent*, a rule first asks `org.is_known(kind, id)`, `org.is_whole(kinds)` or
`flaws.is_whole(org, path)`, so that a typing error in one file does not become a finding about
another. `python -m pytest tests/checking` holds all of this.
'''

from __future__ import annotations

from orgcode.checking.rule import Rule, rule_in
from orgcode.checking.rules import (
    account_shared,
    alias_collision,
    answer_missing,
    circle_cycle,
    core_role_missing,
    dates_reversed,
    deadlock,
    deadlock_for_now,
    domain_held_twice,
    duplicate_key,
    duplicate_name,
    fact_old,
    feedback_overdue,
    file_outside,
    holder_left,
    holder_twice,
    id_confusable,
    leads_nothing,
    missing_key,
    missing_organisation,
    not_utf8,
    objective_overdue,
    one_anchor,
    one_sided_authority,
    orphan_circle,
    proposal_without_tension,
    review_overdue,
    role_without_work,
    rule_for_rules,
    rule_shadowed,
    seat_open,
    silence_in_a_crowd,
    term_ending,
    term_missing,
    term_over,
    text_lost,
    too_deep,
    too_many_roles,
    under_ended_circle,
    unknown_circle,
    unknown_core_role,
    unknown_domain,
    unknown_key,
    unknown_kind,
    unknown_language,
    unknown_link,
    unknown_objective,
    unknown_person,
    unknown_role,
    unknown_rule,
    unknown_ruleset,
    unknown_tension,
    unreadable_file,
    wrong_shape,
    yaml_feature,
    yaml_syntax,
)

RULES: tuple[Rule, ...] = tuple(
    rule_in(module)
    for module in (
        # text
        duplicate_key,
        not_utf8,
        text_lost,
        too_deep,
        unreadable_file,
        yaml_feature,
        yaml_syntax,
        # shape
        missing_key,
        unknown_key,
        wrong_shape,
        # references
        alias_collision,
        file_outside,
        id_confusable,
        unknown_circle,
        unknown_core_role,
        unknown_domain,
        unknown_kind,
        unknown_language,
        unknown_link,
        unknown_objective,
        unknown_person,
        unknown_role,
        unknown_rule,
        unknown_ruleset,
        unknown_tension,
        # structure
        circle_cycle,
        core_role_missing,
        domain_held_twice,
        duplicate_name,
        missing_organisation,
        one_anchor,
        orphan_circle,
        role_without_work,
        under_ended_circle,
        # people
        account_shared,
        holder_left,
        holder_twice,
        leads_nothing,
        one_sided_authority,
        seat_open,
        too_many_roles,
        # time
        dates_reversed,
        fact_old,
        feedback_overdue,
        objective_overdue,
        review_overdue,
        term_ending,
        term_missing,
        term_over,
        # law
        answer_missing,
        deadlock,
        deadlock_for_now,
        proposal_without_tension,
        rule_for_rules,
        rule_shadowed,
        silence_in_a_crowd,
    )
)
"""Every rule, group by group; a test compares it with the folder."""
