"""Learn from the catalogue and write app/insight/learnt/ENCODER.npz. Run it after a change of the catalogue.

python tools/train_insight.py
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.insight import catalogue, learnt
from app.insight.encoding import default_encoder
from app.insight.learning import learn

if __name__ == "__main__":
    began = time.perf_counter()
    encoder = default_encoder()
    place = learnt.save(learn(encoder, catalogue.examples()), encoder.name)
    print(f"{place}: {place.stat().st_size / 1000:.0f} kB in {time.perf_counter() - began:.0f} s")
