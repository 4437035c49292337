"""The tests, by area; they go through public doors and use real engines."""
