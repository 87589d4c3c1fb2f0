"""Finds what a text reports: mentions, triggers, roles, speech, figures, reports."""
