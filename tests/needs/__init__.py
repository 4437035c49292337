"""What people look for and do not find."""
