-- Every load of a national list.
SELECT list, version, toString(valid_from) AS from_day, entries, digest
FROM casestream.reference_loads FINAL
ORDER BY list, version
