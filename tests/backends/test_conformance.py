"""Every evidence base keeps the same promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from loccit.backends.embedded import EmbeddedBase
from loccit.testing import CHECKS, InMemoryBase, check_evidence_base


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("_check_"))
def test_the_fake_base_conforms(check):
    check(InMemoryBase())


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__.removeprefix("_check_"))
def test_the_embedded_base_conforms(check, tmp_path: Path):
    base = EmbeddedBase(tmp_path / "base")
    check(base)
    base.close()


def test_a_base_that_breaks_a_promise_is_named_with_it():
    class Forgetful(InMemoryBase):
        def withdraw(self, series: str, reason: str) -> None:
            pass

    with pytest.raises(AssertionError) as caught:
        check_evidence_base(Forgetful)
    assert "_check_withdrawal" in caught.value.__notes__[0]


@pytest.mark.parametrize("broken", ["holds", "remove", "passage", "digest", "originals", "cards"])
def test_no_method_can_be_left_undone(broken):
    class Lazy(InMemoryBase):
        pass

    setattr(Lazy, broken, lambda *_, **__: None)
    with pytest.raises((AssertionError, TypeError, AttributeError)):
        check_evidence_base(Lazy)
