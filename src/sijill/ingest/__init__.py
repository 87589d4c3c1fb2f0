"""Reads articles in: files and pages, their day, their outlet."""
