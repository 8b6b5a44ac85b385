"""From the tables of a document to the actions and sums that it states.

Where to look:

- which reader knows a table: `registry`, by its `parts`; the readers are told in `docs/parts.md`
- a table with an action a row: `annexes` says what holds of all; `headings` (by `likeness`),
  `contents` and `columns` what its columns hold, `payers`, `paired_payers`, `adding_up`,
  `no_grants`, `choices` which of them pay, add up or answer by a cross; `rows`, `row_stages`,
  `titled_rows`, `told_below`, `numbers_alone` what its rows are; `row_texts` and `row_sums` read
  one, `action_rows` makes it an action
- a sheet or a card: `titles`, `answers`, `parted_answers`, `captions`, `budgets`
- what one cell tells: `funding` its sums, `plans` a cost and its payers, `operators` and `labels`
  a name and more, `dittos` and `shared` what other cells say
- what a scan took for something else: `miscounted`, `stumps`, `proved`
- one action, however often it is stated: `numbering` → `statements`
"""
