"""What one page holds, in the reading frame: words, rules, lines, furniture."""
