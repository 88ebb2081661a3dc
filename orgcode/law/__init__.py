"""Who decides what: matching decision rules, electorates, and who can appoint whom."""
