"""What pages are made of. Words of reports go in as text only: nothing here takes HTML."""
