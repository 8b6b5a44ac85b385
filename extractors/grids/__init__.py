"""The cells of the tables on one page, with rules, with some, or without.

Where to look, in the order in which `extractors.document._grids` asks:

- rules draw the cells: `rules` → `ruled`; then `nested`
- rules or colours draw some of them: `stripes`, `partly_ruled`, `rows_within`, `boxes`
- nothing does: `regions` (where) → `text_grid` of `columns` and `block_rows` or `printed_rows`;
  `card_grids`; `unruled` asks all of these
- cells over several rows, or beside the rules: `tall_cells`, `texts_apart`, `figures_beside`
- what goes over the page: `continued`, `rows_below`, `foot_heads`, by the columns of `reach`

`grid` and `pieces` are what all of them speak of.
"""
