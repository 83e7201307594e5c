"""Plants known faults in true sentences, and makes harmless changes beside them."""
