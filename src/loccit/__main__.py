"""``python -m loccit`` is ``loccit``."""

from loccit.delivery.cli import main

main()
