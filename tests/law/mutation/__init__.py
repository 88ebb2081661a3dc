"""Whether the tests of the law would notice if it were otherwise.

`python -m tests.law.mutation [MODULE...]` makes the judging part of `orgcode/law` otherwise at one
place at a time, thousands of times, and runs the tests that ought to notice. What none of them
notices is to be in `survivors.md`, with the reason. The wording of sentences is left alone: other
tests read it.

The tools that there are for this leave out properties and the constants of modules, where much of
the law stands, or start Python anew for each mutant; so this is a small one of our own.
"""
