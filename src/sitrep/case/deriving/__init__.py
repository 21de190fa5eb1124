"""Numbers of reports in, the rows of derived.sql out: one question a file, asked in the order of `derive`."""
