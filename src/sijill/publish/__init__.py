"""The record written out: tables, maps, other projects' formats, citations."""
