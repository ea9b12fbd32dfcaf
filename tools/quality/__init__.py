"""How good the analysis is, beside honest baselines on the same texts. `make bench-insight` prints it."""
