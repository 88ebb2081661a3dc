"""orgcode: governance as code for organisations with distributed leadership."""
