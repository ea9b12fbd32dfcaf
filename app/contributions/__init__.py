"""The stream: every piece of resident text, wherever it came from."""
