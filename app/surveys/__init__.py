"""Surveys: definition files, which question comes next, what was answered, what is counted."""
