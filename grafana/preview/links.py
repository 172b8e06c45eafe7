"""The picture of a case's links, for the case explorer of the preview: what readers may see, pseudonyms for
identifiers."""

from http import HTTPStatus

from grafana.case_ids import case_of
from grafana.pictures import Edge, Node, links_svg
from grafana.preview.figures import ClickHouse, FigureError
from schemas.flow import is_case_id

MAX_RECORDS = 150
"""A picture of more records shows nothing that a table does not."""

_MEMBERS = """
SELECT record_id, case_id, kind, agency, reason_kind, reason_pseudonym, reason_record
FROM casestream.v_case_links
WHERE case_id IN {case}
ORDER BY reason_kind != '', kind, record_id
LIMIT 151
"""
_HELD_OUT = """
SELECT link.record_id AS record_id, key.record_id AS other, link.key_kind AS key_kind, link.pseudonym AS pseudonym
FROM casestream.v_held_out_links AS link
INNER JOIN casestream.v_record_keys AS key ON key.key_kind = link.key_kind AND key.pseudonym = link.pseudonym
WHERE link.record_id IN ({records}) AND key.record_id IN ({records}) AND key.record_id != link.record_id
ORDER BY record_id, other
"""


async def picture(clickhouse: ClickHouse, case_id: str) -> str:
    """The links of a case as SVG; an old id of the case does as well. FigureError where there is nothing to draw."""
    if not is_case_id(case_id):
        raise FigureError(f"{case_id!r} is no case id: c and 24 hexadecimal digits", HTTPStatus.NOT_FOUND)
    found = (await clickhouse.rows(_MEMBERS.format(case=case_of(f"'{case_id}'"))))["rows"]
    if not found:
        raise FigureError(f"there is no case {case_id}", HTTPStatus.NOT_FOUND)
    if len(found) > MAX_RECORDS:
        reason = f"the case has more than {MAX_RECORDS} records: its table of links shows them"
        raise FigureError(reason, HTTPStatus.NOT_FOUND)
    nodes = [Node(record_id, kind, record_id) for record_id, _case, kind, *_reason in found]
    edges = [
        Edge(other, record_id, f"{kind} {pseudonym}")
        for record_id, _case, _kind, _agency, kind, pseudonym, other in found
        if kind
    ]
    records = ", ".join(f"'{node.id}'" for node in nodes)
    held_out = (await clickhouse.rows(_HELD_OUT.format(records=records)))["rows"]
    edges += [Edge(other, record_id, f"{kind} {pseudonym}", True) for record_id, other, kind, pseudonym in held_out]
    return links_svg(nodes, edges, f"How {found[0][1]} is linked")
