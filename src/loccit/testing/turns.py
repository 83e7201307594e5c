"""A fake of the kept turns, and what every ``Turns`` must do."""

from __future__ import annotations

from collections.abc import Callable

from loccit.ports import Turns
from loccit.terms import (
    Concept,
    ConceptKind,
    NoSuchTurn,
    PatientFacts,
    Question,
    QuestionKind,
    Turn,
)

__all__ = ["TURN_CHECKS", "InMemoryTurns", "check_turns", "small_turn"]

SHORTEST = 6


class InMemoryTurns:
    """``Turns`` in a dictionary, all of them; forgets at exit."""

    def __init__(self) -> None:
        self._held: dict[str, Turn] = {}

    def keep(self, turn: Turn) -> None:
        """Keep a turn; see the port."""
        self._held[turn.id] = turn

    def turn(self, name: str) -> Turn:
        """A turn by its id, or the beginning of it. Raises ``NoSuchTurn``."""
        found = [turn for key, turn in self._held.items() if key.startswith(name.casefold())]
        if len(name) < SHORTEST or len(found) != 1:
            raise NoSuchTurn(f"no one answer called {name!r} can be followed")
        return found[0]

    def forget(self) -> None:
        """Drop all turns."""
        self._held.clear()


def small_turn(name: str = "0123456789abcdef", drug: str = "examplamine") -> Turn:
    """A turn about a drug that does not exist, with facts of every sort."""
    return Turn(
        id=name,
        question=Question(
            text="",
            kind=QuestionKind.DOSING,
            concepts=(Concept(text=drug, name=drug, kind=ConceptKind.DRUG),),
            patient=PatientFacts(age=0.25, sex="female", lactation=True, drugs=(drug,)),
            population=("age:infant",),
            also=(QuestionKind.SAFETY,),
        ),
    )


def check_turns(make: Callable[[], Turns]) -> None:
    """Run every check on empty ``Turns`` of its own. Raises ``AssertionError`` naming the check."""
    for check in TURN_CHECKS:
        try:
            check(make())
        except AssertionError as error:
            error.add_note(f"in {check.__name__}: {check.__doc__}")
            raise


def _is_absent(turns: Turns, name: str) -> bool:
    try:
        turns.turn(name)
    except NoSuchTurn:
        return True
    return False


def _check_kept_as_given(turns: Turns) -> None:
    """A turn comes back as it was given, by its id in either case and by the beginning of it."""
    turn = small_turn()
    turns.keep(turn)
    for name in (turn.id, turn.id[:6], turn.id.upper()):
        assert turns.turn(name) == turn


def _check_unknown(turns: Turns) -> None:
    """What was never kept, or is named too shortly or in two ways, is refused."""
    assert _is_absent(turns, "0123456789abcdef")
    turns.keep(small_turn("aaaaaa11"))
    turns.keep(small_turn("aaaaaa22"))
    for name in ("", "aaaaa", "aaaaaa", "%", "______", "aaaaaa11x"):
        assert _is_absent(turns, name), name
    assert turns.turn("aaaaaa2").id == "aaaaaa22"


def _check_replaced(turns: Turns) -> None:
    """Another turn under the same id takes the place of the first."""
    turns.keep(small_turn(drug="examplamine"))
    turns.keep(small_turn(drug="exemplone"))
    assert turns.turn("0123456789abcdef") == small_turn(drug="exemplone")


def _check_forgotten(turns: Turns) -> None:
    """What is forgotten is gone, and new turns can be kept."""
    turns.keep(small_turn())
    turns.forget()
    assert _is_absent(turns, small_turn().id)
    turns.keep(small_turn())
    assert turns.turn(small_turn().id) == small_turn()


TURN_CHECKS: tuple[Callable[[Turns], None], ...] = (
    _check_kept_as_given,
    _check_unknown,
    _check_replaced,
    _check_forgotten,
)
"""What every ``Turns`` must pass, each on empty ones."""
