"""The steps that every article goes through alone, on one core, several, or a cluster."""
