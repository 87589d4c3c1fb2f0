"""One script for each format of the record; none is changed once a program with it was released."""
