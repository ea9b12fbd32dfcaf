"""Boards of ideas: a neighbourhood's residents propose, support and comment."""
