"""The verbs of joint sanctions."""
