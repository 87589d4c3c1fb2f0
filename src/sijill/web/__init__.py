"""The page: the record in a browser, from this machine alone."""
