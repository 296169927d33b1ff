"""How well the program agrees with readers."""
