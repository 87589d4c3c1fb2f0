"""From testimonies to the record: copies, pairs, events, disputes, control; pure functions."""
