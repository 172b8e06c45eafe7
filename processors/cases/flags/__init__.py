"""Priority flags as rules (decisions, section 7): which facts of a case make it, say, a case of domestic abuse.

    rule       a rule as its YAML file says it, and what is wrong with a file
    rule_set   the rules that are in force together: facts -> flags, with the entry and the facts that made each
    known      when a flag was first known and when it ceased, over all states of the records
    built_in/  the rules that come with casestream, one file each

A fact is what some rule names: `ho_class=19C`, `cps_flag=rape`, `court_marker=DV`. What no rule names is no fact, save
an agency's own flag, which is kept as it is. So facts are few, and everything about them is worked out once.
"""
