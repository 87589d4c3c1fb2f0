"""Letters, folding, tokens, sentences, numerals and the calendar; reads no files."""
