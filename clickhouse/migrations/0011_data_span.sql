-- From when to when the cases tell: a month before, after or at the edge of it cannot be compared with others. Rows that
-- are replaced do no harm here, and a look through all versions is ten times faster than one through the latest.
CREATE OR REPLACE VIEW casestream.v_data_span AS
SELECT min(opened_at) AS first_at, max(last_event_at) AS latest_at
FROM casestream.cases;
