"""List the mistakes learners make in the loss and its gradient, a module for each exercise."""
