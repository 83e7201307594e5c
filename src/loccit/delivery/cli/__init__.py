"""The ``loccit`` command. Imports are late: a command starts as fast as what it needs."""

from loccit.delivery.cli import answers, bases, benches, models, reviews, serving
from loccit.delivery.cli.group import ABSTAINED, ANSWERED, BLOCKED, FAILED, USAGE, main

__all__ = ["ABSTAINED", "ANSWERED", "BLOCKED", "FAILED", "USAGE", "main"]

for room in (answers, bases, serving, reviews, models, benches):
    for command in room.COMMANDS:
        main.add_command(command)
