"""The verbs of joint meetings."""
