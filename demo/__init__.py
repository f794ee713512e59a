"""The demonstration: a synthetic city and the story of one month. Imported by nothing."""
