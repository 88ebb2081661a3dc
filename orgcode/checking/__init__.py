"""Rules about one state of an organisation, and the runner that turns problems into findings."""
