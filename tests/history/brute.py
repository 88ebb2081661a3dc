"""Blame by brute force: every commit's file is read, and each piece is followed commit by commit.

By what the guide says, with nothing but git and PyYAML.
"""

from __future__ import annotations

import json
import re
import subprocess
from typing import Any

import yaml

NAMES: Any = [["person", "since", "role"], ["id"], ["name"], ["key"], ["to"], ["from"], ["url"]]


class Brute:
    def __init__(self, folder: Any) -> None:
        self.folder = folder
        self.trees: Any = {}
        self.texts: Any = {}
        self.known: Any = {}
        listed = self.git("rev-list", "--parents", "--topo-order", "--reverse", "HEAD")
        self.parents: Any = {}
        for line in listed.splitlines():
            commit, *parents = line.split()
            self.parents[commit] = parents
        self.tip = commit
        self.touched: dict[str, set[str]] = {"merge": set(), "rename": set()}

    def git(self, *arguments: Any) -> Any:
        done = subprocess.run(
            ["git", "-C", self.folder, *arguments], capture_output=True, check=True
        )
        return done.stdout.decode()

    def tree(self, commit: Any) -> Any:
        if commit not in self.trees:
            lines = self.git("ls-tree", "-r", "-z", commit).split("\0")
            rows = [line.split("\t", 1) for line in lines if line]
            self.trees[commit] = {path: row.split()[2] for row, path in rows}
        return self.trees[commit]

    def says(self, blob: Any) -> Any:
        if blob not in self.texts:
            try:
                text = self.git("cat-file", "blob", blob)
                found = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 (makes texts only)
            except yaml.YAMLError:
                found = None
            self.texts[blob] = found if isinstance(found, dict) else None
        return self.texts[blob]

    def blame(self, path: Any) -> Any:
        """(place, value, commit, first commit, what it said before) of each piece."""
        for commit in self.parents if not self.known else ():
            for name in self.tree(commit):
                self.known[commit, name] = self.at(commit, name)
        if self.says(self.tree(self.tip)[path]) is None:
            return []
        return self.known[self.tip, path][0]

    def at(self, commit: Any, path: Any) -> Any:
        """The lists of pieces that stand there: one, or those it falls back on."""
        blob, parents = self.tree(commit)[path], self.parents[commit]
        for parent in parents:
            if self.tree(parent).get(path) == blob:
                return self.known[parent, path]
        before: Any = []
        for parent, name in self.sources(commit, path):
            before += [side for side in self.known[parent, name] if side not in before]
        data = self.says(blob)
        if data is None:
            return before
        if len(parents) > 1:
            self.touched["merge"].add(path)
        return [self.made(commit, pieces(data), before)]

    def sources(self, commit: Any, path: Any) -> Any:
        parents = self.parents[commit]
        having = [parent for parent in parents if path in self.tree(parent)]
        names: Any = []
        for parent in having:
            if len(having) < len(parents):
                names += self.former(parent, path)
        for parent in parents:
            if parent in having:
                yield parent, path
                continue
            candidates = [name for name in names if name not in self.tree(commit)]
            if not having and parent == parents[0]:
                candidates = [self.renamed(commit, path)]
            for name in candidates:
                if name in self.tree(parent):
                    self.touched["rename"].add(path)
                    yield parent, name
                    break

    def former(self, commit: Any, path: Any) -> Any:
        """The earlier names, one after the other, along the first line that has the file."""
        while True:
            blob, parents = self.tree(commit)[path], self.parents[commit]
            same = [parent for parent in parents if self.tree(parent).get(path) == blob]
            having = [parent for parent in parents if path in self.tree(parent)]
            if same or having:
                commit = (same or having)[0]
                continue
            name = self.renamed(commit, path)
            if name is None:
                return
            yield name
            commit, path = parents[0], name

    def renamed(self, commit: Any, path: Any) -> Any:
        if not self.parents[commit]:
            return None
        old, new = self.tree(self.parents[commit][0]), self.tree(commit)
        gone = sorted(name for name in old if name not in new)
        data = self.says(new[path])
        for alias in (data or {}).get("aliases", []):
            if f"roles/{alias}.yaml" in gone:
                return f"roles/{alias}.yaml"
        for name in gone:
            if old[name] == new[path]:
                return name
        best: Any = None
        most = 0.5
        for name in gone:
            alike = likeness(self.says(old[name]), data)
            if data and (alike > most or (alike == most == 0.5 and best is None)):
                best, most = name, alike
        return best

    def made(self, commit: Any, items: Any, before: Any) -> Any:
        matched = [match(side, items) for side in before]
        result: Any = []
        for number, (place, listed, value) in enumerate(items):
            found = [
                (side[m[number][0]], m[number][1])
                for side, m in zip(before, matched, strict=False)
                if number in m
            ]
            same = [origin for origin, is_same in found if is_same]
            if same:
                result.append((place, listed, value, *same[0][3:]))
            elif found:
                result.append((place, listed, value, commit, found[0][0][4], found[0][0][2]))
            else:
                result.append((place, listed, value, commit, commit, None))
        return result


def pieces(data: Any, place: Any = ()) -> Any:
    found: Any = []
    for key, value in data.items():
        here = (*place, key)
        if isinstance(value, dict) and value:
            found += pieces(value, here)
        elif isinstance(value, list) and value:
            for item in value:
                is_name = isinstance(item, str) and here[0] in ("holders", "members", "core_roles")
                found.append((here, True, {"person": item} if is_name else item))
        else:
            found.append((here, False, value))
    return found


def match(old: Any, new: Any) -> Any:
    """By the number of each new piece: the number of the old one, and whether it says the same."""
    found: Any = {}
    fields = {item[0]: number for number, item in enumerate(old) if not item[1]}
    for number, (place, listed, value) in enumerate(new):
        if not listed:
            if place in fields:
                found[number] = (fields[place], old[fields[place]][2] == value)
            elif place[:-1] in fields and old[fields[place[:-1]]][2] == value:
                found[number] = (fields[place[:-1]], True)
    for place in {item[0] for item in new if item[1]}:
        olds = [number for number, item in enumerate(old) if item[0] == place and item[1]]
        news = [number for number, item in enumerate(new) if item[0] == place and item[1]]
        for key in (text, name):
            for number in list(news):
                for other in list(olds):
                    if key(old[other][2]) == key(new[number][2]):
                        found[number] = (other, key is text)
                        olds.remove(other)
                        news.remove(number)
                        break
        if place[-1] in ("accountabilities", "domains", "values", "decision_rules"):
            while olds and news:
                pairs = [
                    (-share(words(old[o][2]), words(new[n][2])), o, n) for o in olds for n in news
                ]
                best, o, n = min(pairs)
                if best > -0.5:
                    break
                found[n] = (o, False)
                olds.remove(o)
                news.remove(n)
    return found


def text(value: Any) -> Any:
    return json.dumps(value, sort_keys=True)


def name(value: Any) -> Any:
    if isinstance(value, dict):
        for keys in NAMES:
            if keys[0] in value:
                return text([keys[0], *(value.get(key) for key in keys)])
    return text(value)


def words(value: Any) -> Any:
    if isinstance(value, dict):
        return [word for part in value.values() for word in words(part)]
    if isinstance(value, list):
        return [word for part in value for word in words(part)]
    return re.findall(r"\w+", value.casefold())


def share(left: Any, right: Any) -> Any:
    """Twice what two lists have in common, of all that is in them."""
    rest, common = list(right), 0
    for item in left:
        if item in rest:
            rest.remove(item)
            common += 1
    return 2 * common / (len(left) + len(right)) if left or right else 0


def likeness(old: Any, new: Any) -> Any:
    sides = [
        [(place, text(value)) for place, _, value in pieces(side or {})] for side in (old, new)
    ]
    return share(*sides)
