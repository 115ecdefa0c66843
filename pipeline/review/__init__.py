"""What a maintainer should look at, in the order in which a minute counts most, and the writing of corrections."""
