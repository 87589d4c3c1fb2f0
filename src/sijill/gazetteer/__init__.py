"""Work on the gazetteer itself: tables to places, dumps to tables, names that are missing."""
