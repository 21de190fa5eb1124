# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Loading the exports
#
# Each tabular export, loaded into pandas and DuckDB, and the GeoJSON on a map. Run it in the root of a
# checkout, with both installed: `pip install pandas duckdb`. With jupytext, Jupyter opens this file,
# `docs/notebook/exports.py`, as a notebook.
#
# First some reports, coded here. In your own work these are the reports of a case, `case.reports()`.

# %%
import tempfile
from pathlib import Path

import sitrep
from sitrep.export import FORMATS, open_format
from sitrep.read import read

documents = read(sorted(Path("examples").glob("tarhuna*.txt")))
reports = list(sitrep.code(documents))
len(reports), sum(len(report.events) for report in reports)

# %% [markdown]
# Every format, each in its own file or folder. On the command line: `sitrep export --format NAME -o FILE`.

# %%
folder = Path(tempfile.mkdtemp())
files = {}
for name, form in FORMATS.items():
    files[name] = folder / f"{name}{form.suffix or ''}"
    with open_format(name, files[name]) as writer:
        for report in reports:
            writer.write(report)
sorted(path.name for path in files.values())

# %% [markdown]
# ## pandas
#
# The flat event table: one row an event, several values in a cell parted by `; `.

# %%
import pandas

events = pandas.read_csv(files["csv"], parse_dates=["published", "earliest", "latest"])
events[["latest", "type", "mode", "actors", "place", "status", "according_to", "confidence"]].head()

# %% [markdown]
# The whole record is in the Parquet file, in nested columns. The normalised tables have keys: `report`,
# and with it the record's own (`event`, `actor`, …).

# %%
nested = pandas.read_parquet(files["parquet"])
tables = {path.stem: pandas.read_parquet(path) for path in sorted(files["tables-parquet"].iterdir())}
same = {path.stem: pandas.read_csv(path) for path in sorted(files["tables-csv"].iterdir())}
parties = tables["events"].merge(tables["event_parties"], on=["report", "event"])
parties[["type", "role", "actor"]].head()

# %% [markdown]
# The layouts of other data sets. GDELT's has no header, as GDELT's own files have none.

# %%
from sitrep.export.gdelt import COLUMNS as GDELT_COLUMNS

polecat = pandas.read_csv(files["polecat"], sep="\t", quoting=3)
icews = pandas.read_csv(files["icews"], sep="\t", quoting=3)
gdelt = pandas.read_csv(
    files["gdelt"], sep="\t", quoting=3, header=None, names=GDELT_COLUMNS, dtype={"EventCode": str}
)
acled = pandas.read_csv(files["acled"])
gdelt[["SQLDATE", "Actor1Name", "Actor2Name", "EventCode", "ActionGeo_FullName"]].head()

# %% [markdown]
# ## DuckDB
#
# DuckDB asks the files themselves, without loading them first.

# %%
import duckdb

duckdb.sql(f"SELECT type, status, count(*) AS n FROM read_csv('{files['csv']}') GROUP BY ALL ORDER BY n DESC")

# %%
duckdb.sql(f"""
    SELECT e.type, p.role, a.name, a.country
    FROM '{files["tables-parquet"]}/events.parquet' AS e
    JOIN '{files["tables-parquet"]}/event_parties.parquet' AS p ON p.report = e.report AND p.event = e.event
    JOIN '{files["tables-parquet"]}/actors.parquet' AS a ON a.report = p.report AND a.actor = p.actor
""")

# %%
in_duckdb = {
    name: duckdb.sql(
        f"SELECT * FROM read_csv('{files[name]}', delim='\t', quote='', header=true, all_varchar=true)"
    ).df()
    for name in ("polecat", "icews")
}
in_duckdb["acled"] = duckdb.sql(f"SELECT * FROM read_csv('{files['acled']}')").df()
in_duckdb["nested"] = duckdb.sql(f"SELECT title, unnest(events).type AS type FROM '{files['parquet']}'").df()
in_duckdb["gdelt"] = duckdb.sql(
    f"SELECT * FROM read_csv('{files['gdelt']}', delim='\t', quote='', header=false, all_varchar=true)"
).df()

# %% [markdown]
# ## A map
#
# Any map reads the GeoJSON: QGIS, kepler.gl, geopandas, Leaflet. Without any of them, Sitrep's own outlines
# of the world draw one, as in a brief.

# %%
import json
from collections import Counter

from sitrep.brief.document import Mark
from sitrep.brief.figures import draw_map

features = json.loads(files["geojson"].read_text(encoding="utf-8"))["features"]
at = Counter(
    (one["properties"]["place"], *one["geometry"]["coordinates"], one["properties"]["quad"])
    for one in features
)
marks = [Mark(name, latitude, longitude, quad, n) for (name, longitude, latitude, quad), n in at.items()]
(folder / "map.svg").write_text(draw_map(marks), encoding="utf-8")
