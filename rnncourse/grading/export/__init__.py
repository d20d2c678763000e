"""Export marks and feedback in the shapes that learning-management systems take back."""
