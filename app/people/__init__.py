"""Who: residents as pseudonyms with a receipt code, staff accounts, and what each role may do."""
