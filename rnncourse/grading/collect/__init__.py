"""Collect what a learning-management system gives."""
