"""Claims that papers make against closed models: found in sentences, then checked against the paper's own scores."""
