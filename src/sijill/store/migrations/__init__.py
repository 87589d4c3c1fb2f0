"""How a record of one version of the program becomes one of the next: Alembic's scripts."""
