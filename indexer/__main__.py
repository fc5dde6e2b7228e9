"""`python -m indexer`: the same as `furet`."""

from indexer.cli import main

main()
