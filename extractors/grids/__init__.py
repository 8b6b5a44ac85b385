"""The cells of the tables on one page, with rules, with some, or without."""
