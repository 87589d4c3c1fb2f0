"""From testimonies to copies, pairs, events, disputes and control; pure functions."""
