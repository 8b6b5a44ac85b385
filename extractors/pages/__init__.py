"""What one page holds, in the reading frame: words, rules, lines, furniture.

Where to look:

- what pdfium tells, read by `read_page` into the `frame` of a `page`: `characters`, `graphics`
- what does not show: `unseen`, `covered`, `layers`; what was laid over: `overlay`, `remarks`
- characters made words: `marks`, `raised`, `spaced`, `leaders`, `printed`; is their layer good to
  be read: `text_layer`
- words made `lines`, one column, card, box or page after the other: `cards_beside`, `panels`,
  `key_figures`, `two_up`
- what is no text of the act: `furniture`, `stamps`, `initials`
"""
