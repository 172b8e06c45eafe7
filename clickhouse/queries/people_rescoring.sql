-- How far everybody is scored anew under a scoring: by what digest, as of which version, in how many steps, and the last
-- step that is done; no row where it has not begun.
SELECT any(digest), any(as_of), any(steps), max(step)
FROM casestream.people_rescorings
WHERE number = {number:UInt32}
HAVING count() > 0
