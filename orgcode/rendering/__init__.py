"""From pages as data to HTML and other text; the only room that knows Jinja."""
