"""The nouns: what an organisation consists of, and what orgcode says about it. Pure."""
