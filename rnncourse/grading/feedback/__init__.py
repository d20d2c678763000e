"""Write each student's feedback page."""
