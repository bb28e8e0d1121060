"""The verbs of the registers."""
