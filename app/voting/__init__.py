"""Polls: residents decide, with one-time codes and two envelopes, by a rule that is published beforehand.

The pure modules (`approval`, `explanation`, `ballots`, `sealing`) need neither Flask nor a database.
"""
