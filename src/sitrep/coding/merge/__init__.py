"""Doc -> events, one each, however often the report tells them, with contexts and tolls."""
