"""A case in the browser: pages to look at before you read, over a JSON API. `server.serve` starts it."""
