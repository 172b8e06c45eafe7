"""The records of one case -> its rows: one thing told by several agencies becomes one row, with its sources.

    histories      what comes in: each record with all its accepted states
    court_model, who_is_who, court_facts, judged, hearings     what is known of court cases
    investigation, charging, attrition                         what is known of crimes, suspects and proceedings
    offences, ids                                              classes of offences, pseudonyms
    flags/, flag_facts                                         rules of priority flags, and the facts that they ask for
    linked         all of it tied together
    *_rows, story, case_row                                    the rows
    project        `project_case(case_id, records)`, the way in
"""
