"""The boards without Grafana: a page that looks and filters as they will there, live, with all its assets local."""
