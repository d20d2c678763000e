"""List the mistakes learners make in the forward pass, a module for each exercise."""
