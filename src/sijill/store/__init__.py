"""The record on disk: documents, testimonies, events, control and corrections, and their past.

SQLite in one file, or PostgreSQL; :func:`sijill.store.opening.open_store` opens either.
"""
