"""Grade the bug clinic: functions with one bug each, whose names and fixed lines learners hand in."""
