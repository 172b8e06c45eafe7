-- Up to which version all messages of the topic people are in the tables; 0 before the first.
SELECT max(done) FROM casestream.people_progress
