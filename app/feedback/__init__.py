"""What happened with what residents said, told back to them."""
