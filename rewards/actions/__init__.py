"""The verbs of reports and rewards, and the only code that writes here."""
