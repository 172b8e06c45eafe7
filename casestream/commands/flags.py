"""`casestream flags`: the rules of priority flags: which are in force, whether a file is right, what others would
change, and putting others in force."""

from pathlib import Path
from typing import Annotated

import typer

from casestream.console import note, print_json, print_line, progress, table
from casestream.endpoints import Place
from casestream.errors import Exit, UnreachableError, UserError
from casestream.options import AsJson, Data
from clickhouse.store import Store
from processors.cases.flags.rule import FlagRuleError, read_rule
from processors.cases.flags.rule_set import BUILT_IN_RULES, RuleSet, with_local
from streams.flag_difference import Difference, counts, differences
from streams.flag_rules import InForce, add, in_force, read_text, wished
from streams.producer import DeliveryFailed
from streams.reproject import NotTakenError, ask

app = typer.Typer(name="flags", help="Priority flags: the rules that make them.", no_args_is_help=True)

_EXAMPLES = 5


@app.command("list")
def list_(as_json: AsJson = False, data: Data = None) -> None:
    """Show the rules in force in an instance."""
    store = Place.of(data).store()
    try:
        held = in_force(store)
    finally:
        store.close()
    rules = held.rules.rules
    if as_json:
        told = [
            {"flag": one.flag, "title": one.title, "origin": _origin(one.flag, held.rules)} for one in rules.values()
        ]
        print_json({"set": held.number, "digest": held.rules.digest, "rules": told})
        return
    rows = [(one.flag, one.title, _origin(one.flag, held.rules), one.definition) for one in rules.values()]
    table(f"Flag rules, set {held.number}", ("flag", "title", "origin", "definition"), rows)


def _origin(flag: str, rules: RuleSet) -> str:
    built_in = BUILT_IN_RULES.rules.get(flag)
    return "own" if built_in is None else "built in" if built_in == rules.rules[flag] else "own, for the built-in one"


@app.command()
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Rule files.", exists=True, dir_okay=False)],
    as_json: AsJson = False,
) -> None:
    """Say whether rule files are right, by themselves and beside the built-in rules. Exit code 1 when one is not."""
    faults: list[FlagRuleError] = []
    rules = []
    for file in files:
        try:
            rules.append(read_rule(file.name, read_text(file)))
        except FlagRuleError as error:
            faults.append(error)
    if not faults:
        try:
            with_local(rules)
        except FlagRuleError as error:
            faults.append(error)
    if as_json:
        told = [{"file": one.file, "field": one.field, "value": repr(one.value), "rule": one.rule} for one in faults]
        print_json({"right": not faults, "faults": told})
    else:
        for fault in faults:
            print_line(str(fault))
        if not faults:
            print_line(f"{len(rules)} of {len(files)} rule files are right: {', '.join(one.flag for one in rules)}")
    if faults:
        raise typer.Exit(Exit.FINDING)


@app.command()
def diff(as_json: AsJson = False, data: Data = None) -> None:
    """Say what the built-in rules with those of the folder CASESTREAM_FLAG_RULES would change, against those in force:
    the rules, and the cases, each projected by both. Changes nothing. Exit code 1 when something differs."""
    place = Place.of(data)
    new = _wished(place)
    store = place.store()
    try:
        held = in_force(store)
        found = _compare(store, held.rules, new)
    finally:
        store.close()
    _show(held, new, found, as_json=as_json)
    if held.rules.digest != new.digest:
        raise typer.Exit(Exit.FINDING)


@app.command()
def use(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask after the difference is shown.")] = False,
    timeout: Annotated[
        float, typer.Option(min=0, metavar="SECONDS", help="How long link may take no request before it is given up.")
    ] = 600.0,
    as_json: AsJson = False,
    data: Data = None,
) -> None:
    """Put the built-in rules with those of the folder CASESTREAM_FLAG_RULES in force: show what they change, ask, and
    have the cases that they change projected again. `casestream wait` returns when that is done. What fails after the
    rules are in force says so, and what to do."""
    place = Place.of(data)
    new = _wished(place)
    bootstrap = place.kafka()
    store = place.store()
    try:
        held = in_force(store)
        found = _compare(store, held.rules, new)
        _show(held, new, found, as_json=False) if not as_json else None
        if held.rules.digest == new.digest:
            if as_json:
                print_json({"set": held.number, "digest": new.digest, "asked": 0})
            return
        if not yes and not typer.confirm("Use these rules?", err=True):
            raise typer.Exit(Exit.FINDING)
        now = add(store, new)
        # once more: what is still projected by the rules before was in a chunk already, so it is linked by now
        touched = {one.case_id: None for one in (*found, *_compare(store, held.rules, now.rules))}
        asked = ask(bootstrap, touched, timeout=timeout)
    except (DeliveryFailed, NotTakenError) as error:
        raise UnreachableError(
            f"the rules are in force, but not every case is asked for ({error}): casestream reproject --all"
        ) from None
    finally:
        store.close()
    if as_json:
        print_json({"set": now.number, "digest": now.digest, "asked": asked})
    else:
        print_line(f"set {now.number} is in force; asked for {asked:,} cases to be projected again")


def _wished(place: Place) -> RuleSet:
    try:
        return wished(place.settings.flag_rules)
    except FlagRuleError as error:
        raise UserError(str(error)) from None


def _compare(store: Store, old: RuleSet, new: RuleSet) -> list[Difference]:
    with progress("comparing", None) as advance:
        return list(differences(store, old, new, on_cases=lambda done: advance(done, f"{done:,} cases")))


def _show(held: InForce, new: RuleSet, found: list[Difference], *, as_json: bool) -> None:
    changed = {
        flag: "new" if flag not in held.rules.rules else "gone" if flag not in new.rules else "changed"
        for flag in sorted({*held.rules.rules, *new.rules})
        if held.rules.rules.get(flag) != new.rules.get(flag)
    }
    if as_json:
        print_json({
            "in_force": held.rules.digest, "wished": new.digest, "rules": changed, "cases": len(found),
            "flags": {flag: {"gained": more, "lost": less} for flag, (more, less) in counts(found).items()},
        })  # fmt: skip
        return
    if not changed:
        print_line(f"the rules in force are these: set {held.number}")
        return
    table("Rules", ("flag", "rule"), list(changed.items()))
    rows = [(flag, *both) for flag, both in counts(found).items()]
    table(f"Cases that change: {len(found):,}", ("flag", "gain it", "lose it"), rows)
    for one in found[:_EXAMPLES]:
        note(f"{one.case_id}: +{', '.join(one.gained) or 'none'} -{', '.join(one.lost) or 'none'}")
