"""What a worker needs to know, from the environment (`CASESTREAM_...`) or a file; `casestream settings` lists it."""


from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class WorkerSettings(BaseSettings):
    """Settings of a worker process. Sizes in bytes, times in seconds."""

    model_config = SettingsConfigDict(
        env_prefix="CASESTREAM_", env_file="casestream.env", extra="ignore", env_ignore_empty=True
    )

    kafka: str = Field("127.0.0.1:9092", description="bootstrap servers of Apache Kafka, host:port[,host:port]")
    clickhouse: str = Field("http://127.0.0.1:8123", description="address of ClickHouse's HTTP interface")
    clickhouse_user: str = Field("writer", description="the ClickHouse user that writes")
    clickhouse_password: str = Field("", description="its password")
    feed_partitions: int = Field(4, ge=1, description="partitions of each feed topic, when it is created")
    case_partitions: int = Field(4, ge=1, description="partitions of the topic cases, when it is created")
    feed_retention_days: int = Field(30, ge=1, description="how long feed topics keep their messages")
    chunk_records: int = Field(5_000, ge=1, description="at most so many messages in one chunk")
    chunk_bytes: int = Field(4_200_000, ge=1_000, description="at most so many bytes in one chunk of an agent")
    records_bytes: int = Field(6_000_000, ge=1_000, description="at most so many bytes in one chunk of link")
    cases_bytes: int = Field(
        12_000_000, ge=1_000,
        description="at most so many bytes in one chunk of project, which writes it in batches of chunk_bytes",
    )
    people_bytes: int = Field(
        1_000_000, ge=1_000, description="at most so many bytes in one chunk of people: facts of some 4,000 people"
    )
    flush_seconds: float = Field(1.0, ge=0, description="standardise and link flush at most once in so many seconds")
    project_seconds: float = Field(2.5, ge=0, description="project flushes at most once in so many seconds")
    project_patience: float = Field(
        15.0, ge=0,
        description="so many seconds at most project waits for the agents before it to work off their queue; people "
        "waits three times as long",
    )
    heads_per_message: int = Field(10_000, ge=1, description="heads in one message of the topic records")
    cached_records: int = Field(
        80_000, ge=100,
        description="records that link keeps in memory, half a kilobyte each, and a sixteenth of them ready for use; "
        "project keeps the bodies of half as many and the rows of a fifth as many cases, people a twentieth",
    )
    key_record_limit: int = Field(
        500, ge=2, description="an identifier on more records links nothing; fixed with an instance's first run"
    )
    flag_rules: str = Field(
        "",
        description="folder of own flag rules (*.yaml) beside the built-in ones; kept with an instance's first run, "
        "changed with `casestream flags use`",
    )
    tidy_hours: float = Field(6.0, ge=0, description="how often a worker deletes what is superseded and done; 0: never")
    tidy_keep: int = Field(
        1_000_000, ge=0,
        description="messages of records, cases and people behind the committed ones that tidying spares",
    )
    worker_web_port: int = Field(0, ge=0, description="port of the worker's own web pages; 0 for any free one")
