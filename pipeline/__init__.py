"""Assembly: definitions, resources, command line, publication, web page."""
