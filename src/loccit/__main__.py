"""``python -m loccit`` is ``loccit``."""

from loccit.delivery.cli import main

if __name__ == "__main__":
    main()
