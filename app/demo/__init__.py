"""An invented town with months of events, so that every page has something true to show.

The words are in the YAML files of this folder. They are played through the slices' own services, each at its own
moment (`app.common.clock.playing`), so no rule is by-passed and every page says what it would say in a real town.
"""
