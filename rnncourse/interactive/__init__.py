"""Let a reader move something and watch: explorers on the page, labs in a notebook."""
