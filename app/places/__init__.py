"""Where: municipalities, neighbourhoods, parties, and the framework of themes."""
