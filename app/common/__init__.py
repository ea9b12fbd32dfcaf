"""The ground: base model, clock, localized text, audit trail, small groups, form bases."""
