"""List the mistakes learners make in the LSTM, a module for each exercise."""
