"""Read, rebuild and run one submitted notebook."""
