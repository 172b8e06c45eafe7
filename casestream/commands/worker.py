"""`casestream worker`: one worker in the foreground, in this process."""

import os

from casestream.endpoints import Place
from casestream.options import Data


def worker(data: Data = None) -> None:
    """Run one worker in the foreground until Ctrl-C or SIGTERM. Any number may run."""
    place = Place.of(data)
    os.environ["CASESTREAM_KAFKA"] = place.kafka()
    os.environ["CASESTREAM_CLICKHOUSE"] = place.clickhouse()
    place.store().close()
    from streams import worker as process  # Faust takes a second to import, which no other command should wait for

    process.main()
