"""Find submissions that are alike beyond what the exercise forces, for a person to judge."""
