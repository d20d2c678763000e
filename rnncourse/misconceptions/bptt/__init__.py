"""List the mistakes learners make in backpropagation through time, a module for each exercise."""
