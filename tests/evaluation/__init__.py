"""The measure: annotations, gold, and scores of coded reports."""
