"""A picture of a page: cleaned, made straight, its rules found, its text recognised.

Where to look, in the order in which `ocr` asks:

- the picture, made straight: `bitmap`, `screen`, `sheet`, `slant`, `upright`
- what is drawn on it, taken apart by `drawing`: `cleaning`; rules (`light_rules`, `drawn_rules`,
  `broken_rules`, `shown_through`), the grids that they make (`drawn_grids`), boxes to tick
  (`drawn_boxes`), stamps (`rings`, `stamps`, `drawn_frames`), two pages on one sheet (`folds`)
- its text: `scan_lines` of `tesseract`, `side_by_side`, `left_out`; `stamp_text`
- what OCR takes for something else: `misreadings`, `strokes`, `points`, and `doubts` about figures
- words of a page: `tokens` → `scan_words`, `bold_strokes`

`inlaid` reads pictures amid digital text.
"""
