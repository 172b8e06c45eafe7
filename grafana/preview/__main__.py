"""`python -m grafana.preview --clickhouse URL --port N`: serves the boards alone; `casestream.preview` explains people
too."""

import asyncio

from grafana.preview.people import NoExplainer
from grafana.preview.serving import arguments_of, serve


def main() -> None:
    """Parse the arguments and serve until SIGTERM."""
    asyncio.run(serve(arguments_of("grafana.preview", __doc__ or ""), NoExplainer()))


if __name__ == "__main__":
    main()
