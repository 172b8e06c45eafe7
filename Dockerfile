# casestream's image: the same for migrations, workers and the command line.
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/casestream

COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt

COPY pyproject.toml README.md ./
COPY schemas ./schemas
COPY processors ./processors
COPY clickhouse ./clickhouse
COPY streams ./streams
COPY grafana ./grafana
COPY simulator ./simulator
COPY casestream ./casestream
RUN pip install --no-deps --no-build-isolation .

RUN useradd --create-home --home-dir /var/lib/casestream casestream
USER casestream
WORKDIR /var/lib/casestream

ENTRYPOINT ["casestream"]
CMD ["worker"]
