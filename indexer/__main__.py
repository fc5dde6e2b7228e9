"""`python -m indexer`: the same as `furet`."""

from indexer.cli import main

if __name__ == "__main__":  # processes that a rebuild starts import this module
    main()
