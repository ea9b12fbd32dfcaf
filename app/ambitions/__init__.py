"""What parties and residents want together, what each party promised for it, and what came of that."""
