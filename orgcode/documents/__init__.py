"""From the bytes of files to the organisation: text, shape, facts, entities."""
