"""The record: articles in, events out, and every question between them."""
