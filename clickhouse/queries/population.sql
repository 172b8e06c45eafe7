-- How many people live in each police force area, by mid-year, as far as the list that is valid now tells it.
SELECT code AS force, year, toUInt64(name) AS people
FROM casestream.v_reference
WHERE list = 'population' AND year <= {latest:UInt16}
