"""Puts the scripts of ``bench/`` within reach; the sentences in these tests are our own."""

import sys
from pathlib import Path

BENCH = Path(__file__).parents[2] / "bench"
sys.path.insert(0, str(BENCH))
