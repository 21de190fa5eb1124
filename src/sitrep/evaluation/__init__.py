"""Gold records and coded reports in; how often, and in which fields, they agree out."""
