"""A small source of each format, in which every field occurs that is imported."""

from __future__ import annotations

RUST = {
    "teams/leadership-council.toml": """
name = "leadership-council"
[people]
leads = []
members = [{ github = "ada", roles = ["rep-compiler"] }, "Grace"]
alumni = ["alan"]
[website]
name = "Leadership council"
description = "Charged with the success of the project"
email = "council@example.org"
weight = 1000
[[roles]]
id = "rep-compiler"
description = "Compiler team"
""",
    "teams/compiler.toml": """
name = "compiler"
top-level = true
[people]
leads = ["Grace"]
members = [{ github = "Grace", roles = ["compiler-maintainer"] }, "linus", "edsger"]
alumni = [{ github = "alan", roles = ["compiler-maintainer"] }, "ada"]
[[roles]]
id = "compiler-maintainer"
description = "Maintainer"
[permissions]
perf = true
crater = false
bors.rust.review = true
[leads-permissions]
bors.rust.try = true
[rfcbot]
label = "T-compiler"
name = "Compiler"
ping = "rust-lang/compiler"
[website]
name = "Compiler team"
description = "Developing compiler internals"
repo = "https://github.com/rust-lang/compiler-team"
zulip-stream = "t-compiler/private"
matrix-room = "#compiler:matrix.org"
[[github]]
orgs = ["rust-lang", "rust-lang-nursery"]
team-name = "compilers"
[[lists]]
address = "compiler@example.org"
extra-people = ["ada"]
[[zulip-groups]]
name = "Z-compiler"
""",
    "teams/wg-async.toml": """
name = "wg-async"
kind = "working-group"
subteam-of = "compiler"
[people]
leads = ["edsger"]
members = ["edsger", "barbara"]
""",
    "teams/leads.toml": """
name = "leads"
kind = "marker-team"
[people]
leads = []
members = ["frances"]
include-team-leads = true
included-teams = ["wg-async", "gone"]
""",
    "teams/odd.toml": """
name = "odd"
kind = "Odd Thing"
subteam-of = "compiler"
[people]
leads = []
members = []
""",
    "teams/archive/docs.toml": """
name = "docs"
subteam-of = "compiler"
[people]
leads = []
members = []
alumni = ["alan"]
""",
    "people/ada.toml": """
name = "Ada Lovelace"
github = "ada"
github-id = 1
email = "ada@example.org"
zulip-id = 10
discord-id = 20
irc = "ada_l"
matrix = "@ada:matrix.org"
[permissions]
perf = true
""",
    "people/grace.toml": 'name = "Grace Hopper"\ngithub = "Grace"\ngithub-id = 2\nemail = false\n',
    "people/alan.toml": 'name = "Alan Turing"\ngithub = "alan"\ngithub-id = 3\n',
    "people/linus.toml": 'name = "Linus"\ngithub = "linus"\ngithub-id = 4\n',
    "people/edsger.toml": 'name = "Edsger"\ngithub = "edsger"\ngithub-id = 5\n',
    "people/barbara.toml": 'name = "Barbara"\ngithub = "barbara"\ngithub-id = 6\n',
}

PERIBOLOS = {
    "big/org.yaml": """
name: Big
description: All that is large
billing_email: bills@example.org
email: big@example.org
default_repository_permission: read
has_organization_projects: true
has_repository_projects: false
members_can_create_repositories: false
admins: [Ada]
members: [grace, linus, "1815"]
teams:
  bots:
    description: Machines
    privacy: closed
    maintainers: [Ada]
    members: [linus]
    repos: {engine: write}
    previously: [robots]
    teams:
      small.bots:
        description: Small machines
        privacy: secret
        members: [grace]
""",
    "big/OWNERS": "approvers: [ada]\nreviewers: [grace, those]\nemeritus_approvers: [alan]\n",
    "big/docs/teams.yaml": "teams:\n  docs: {description: Words, members: [grace]}\n",
    "big/docs/OWNERS": "approvers: [docs]\nreviewers: [nobody-known]\nlabels: [area/docs]\n",
    "small/org.yaml": "name: Small\nadmins: [Ada]\nmembers: [alan]\n",
    "restrictions.yaml": """
restrictions:
  - path: big/docs/teams.yaml
    allowedRepos: ["^docs", "^words"]
  - path: gone/teams.yaml
    allowedRepos: ["^gone"]
""",
    "OWNERS_ALIASES": "aliases:\n  those: [linus, edsger]\n  unused: [barbara]\n",
}

KUBERNETES = {
    "sigs.yaml": """
sigs:
  - dir: sig-big
    name: Big
    mission_statement: Keeps it running. See [more](#more).
    charter_link: charter.md
    label: big
    leadership:
      chairs:
        - {github: Ada, name: Ada Lovelace, company: Engines, email: ada@example.org}
      tech_leads:
        - {github: grace, name: Grace Hopper, company: Navy}
      emeritus_leads:
        - {github: alan, name: Alan Turing}
    meetings:
      - description: All
        day: Tuesday
        time: "10:00"
        tz: UTC
        frequency: biweekly, on demand
        url: https://a.example/meet
        archive_url: https://a.example/notes
        recordings_url: https://a.example/films
        calendar_url: https://a.example/calendar
    contact:
      slack: big
      mailing_list: https://a.example/list
      private_mailing_list: big@example.org
      teams:
        - {name: big-bugs, description: Mistakes}
      liaison: {github: linus, name: Linus}
    subprojects:
      - name: engine
        description: The engine.
        contact: {slack: engine, mailing_list: https://a.example/engine}
        owners: ["https://raw.githubusercontent.com/big/engine/main/OWNERS"]
        leads:
          - {github: edsger, name: Edsger, company: Eindhoven}
      - name: compiler
        owners: [nowhere]
workinggroups:
  - dir: wg-small
    name: Small
    mission_statement: Makes it small.
    stakeholder_sigs: [Big, Gone]
    organizers:
      - {github: barbara, name: Barbara}
    meetings:
      - {utc: "18:00", frequency: once in a while}
    meeting_url: https://a.example/small
    meeting_archive_url: https://a.example/small-notes
    meeting_recordings_url: https://a.example/small-films
usergroups: []
committees:
  - dir: committee-steering
    name: Steering
    mission_statement: Governs.
    leadership:
      chairs:
        - {github: "1815", name: George}
gb_rep: {github: ken, name: Ken}
""",
}
