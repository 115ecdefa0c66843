"""PDF bytes to words, lines, rules, captions and text in reading order."""
