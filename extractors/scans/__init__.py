"""A picture of a page: cleaned, made straight, its rules found, its text recognised."""
