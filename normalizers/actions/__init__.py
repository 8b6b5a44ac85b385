"""From the tables of a document to the actions and sums that it states."""
