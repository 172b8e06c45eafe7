-- Of all stops and searches: the shares, in per cent, that led to an arrest, that were for drugs, and for weapons.
SELECT
    100 * countIf(outcome = 'Arrest') / count() AS arrested,
    100 * countIf(object_of_search = 'Controlled drugs') / count() AS for_drugs,
    100 * countIf(object_of_search = 'Offensive weapons') / count() AS for_weapons
FROM casestream.v_stop_searches
