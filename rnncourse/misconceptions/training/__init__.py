"""List the mistakes learners make in training, a module for each exercise."""
