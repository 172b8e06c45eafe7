"""How it is seen: boards defined once as data, their Grafana JSON and provisioning, and the preview, which draws the
same boards without Grafana. Nothing here knows Kafka; figures come from `clickhouse.measures` alone."""
