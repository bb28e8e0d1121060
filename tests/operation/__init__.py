"""A whole house of its own: started, hit, looked after, stopped."""
