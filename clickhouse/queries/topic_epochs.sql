-- The epochs that topics had, by their ids.
SELECT topic, topic_id, epoch FROM casestream.topic_epochs FINAL
