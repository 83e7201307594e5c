"""What several tests start from: the folder of real data, and the product's own question."""

import os
from pathlib import Path

SHARED_DATA = Path(
    os.environ.get("LOCCIT_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data")
)
SEED_QUESTION = (
    "What is the recommended treatment for a patient with radiological findings suggesting "
    "lumbar muscle spasm?"
)
