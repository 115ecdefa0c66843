"""The survey's own hand-made rows and statements as data; rows mined from papers never come in here."""
