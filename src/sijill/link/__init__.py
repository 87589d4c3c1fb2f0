"""From testimonies to the record: copies, events, disputes and control, all pure functions."""
