"""`python -m casestream`: the same as the script `casestream`."""

from casestream.cli import main

main()
