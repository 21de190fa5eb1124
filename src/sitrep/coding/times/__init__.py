"""Doc -> times: the expressions of time, and the days they mean."""
