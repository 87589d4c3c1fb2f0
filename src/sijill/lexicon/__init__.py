"""Loads and checks the knowledge: names, words, numbers, times, rules."""
