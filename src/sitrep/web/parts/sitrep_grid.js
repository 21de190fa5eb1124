// The table of incidents. Rows are fetched as they are scrolled to; whatever they say is put in as text.
const PAGE = 100;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const QUADS = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
const STATUS = { happened: "Happened", planned: "Planned", possible: "Possible", denied: "Denied", called_for: "Called for" };
const CREDIBILITY = ["", "confirmed", "probably true", "possibly true", "doubtful", "improbable", "cannot be judged"];
const NARROW = 640;

const el = (name, kind, text) => {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  if (text !== undefined) made.textContent = text;
  return made;
};
const written = (day) => {
  if (!day) return "undated";
  const [year, month, number] = day.split("-").map(Number);
  return `${number} ${MONTHS[month - 1]} ${year}`;
};
const act = (row) => row.type.replaceAll("_", " ").toLowerCase().replace(/^./, (c) => c.toUpperCase())
  + (row.mode ? ` · ${row.mode.replaceAll("-", " ")}` : "");
const listed = (names) => (names.length > 2 ? `${names.slice(0, 2).join(", ")} +${names.length - 2}` : names.join(", "));
const number = (value) => value.toLocaleString("en");
const range = ([low, high]) =>
  high === null ? `${number(low)}+` : low === high ? number(low) : `${number(low)}–${number(high)}`;
const address = (row) => `/incident/${encodeURIComponent(row.id)}`;
const dot = (row) => el("span", `dot quad-${QUADS.indexOf(row.quad)} is-${row.status}`);

const cells = {
  day: (row) => el("span", row.dated ? "num" : "num muted", (row.dated ? "" : "told ") + written(row.day)),
  type: (row) => {
    const link = el("a", "act");
    link.href = address(row);
    link.append(dot(row), act(row));
    return link;
  },
  who: (row) => el("span", row.actors.length ? "" : "muted", listed(row.actors) || "not told"),
  whom: (row) => el("span", row.recipients.length ? "" : "muted", listed(row.recipients) || "—"),
  place: (row) => el("span", row.site ? "" : "muted", row.site?.name ?? "—"),
  status: (row) => el("span", `status is-${row.status}`, STATUS[row.status]),
  by: (row) => el("span", row.by.length ? "" : "muted", listed(row.by) || "the report's own"),
  killed: (row) => el("span", "num", row.killed ? range(row.killed) : ""),
  sources: (row) => {
    const cell = el("span", "num", String(row.sources));
    if (row.differs) cell.append(el("span", "differs", " differ"));
    return cell;
  },
  credibility: (row) => el("span", `grade grade-${row.credibility}`, `${row.credibility} ${CREDIBILITY[row.credibility]}`),
};

function card(row) {
  const link = el("a", "card");
  link.href = address(row);
  const first = el("span", "card-first");
  first.append(dot(row), el("strong", "", act(row)), el("span", "muted num", written(row.day)));
  const who = [listed(row.actors), listed(row.recipients)].filter(Boolean).join(" → ") || "nobody named";
  const second = el("span", "card-second", row.site ? `${who} · ${row.site.name}` : who);
  const third = el("span", "card-third muted");
  if (row.status !== "happened") third.append(el("span", `status is-${row.status}`, STATUS[row.status]));
  third.append(el("span", "", `${row.sources} source${row.sources === 1 ? "" : "s"} · ${CREDIBILITY[row.credibility]}`));
  link.append(first, second, third);
  return link;
}

const shown = (draw) => (params) => (params.data ? draw(params.data) : el("span", "muted", "…"));

export default {
  props: { label: String, query: String, sort: String, version: Number },
  render() {
    return Vue.h("div", {}, [
      Vue.h("div", { ref: "grid", class: "grid-canvas", role: "region", "aria-label": this.label }),
    ]);
  },
  async mounted() {
    this.AgGrid = await import("nicegui-aggrid");
    if (!this.$refs.grid) return;
    this.AgGrid.ModuleRegistry.registerModules([this.AgGrid.AllCommunityModule]);
    this.build();
    this.observer = new ResizeObserver(() => {
      if (this.narrow !== this.$refs.grid.clientWidth < NARROW) this.build();
    });
    this.observer.observe(this.$refs.grid);
  },
  beforeUnmount() {
    this.observer?.disconnect();
    this.api?.destroy();
  },
  computed: {
    asked() {
      return `${this.query} ${this.sort} ${this.version}`; // one fetch however many of them change
    },
  },
  watch: {
    asked() { this.again(); },
  },
  methods: {
    source() {
      return {
        getRows: async (params) => {
          const asked = new URLSearchParams(this.query);
          asked.set("sort", this.sort);
          asked.set("offset", params.startRow);
          asked.set("limit", params.endRow - params.startRow);
          try {
            const answer = await fetch(`/api/incidents?${asked}`);
            if (!answer.ok) throw new Error(await answer.text());
            const page = await answer.json();
            params.successCallback(page.rows, page.total);
            this.$refs.grid?.setAttribute("data-total", page.total);
          } catch {
            params.failCallback();
          }
        },
      };
    },
    // What is there stays until what replaces it has come: nothing flickers.
    again() {
      if (!this.api) return;
      if (this.api.getFirstDisplayedRowIndex() > 0 && this.api.getDisplayedRowCount()) this.api.ensureIndexVisible(0, "top");
      this.api.refreshInfiniteCache();
    },
    columns() {
      const sorted = (field) => (this.sort.replace("-", "") === field ? (this.sort.startsWith("-") ? "desc" : "asc") : null);
      const column = (field, headerName, width, flex) => ({
        field, headerName, cellRenderer: shown(cells[field]), ...(flex ? { flex, minWidth: width } : { width }),
        sort: sorted(field), comparator: () => 0, sortingOrder: ["desc", "asc"],
      });
      return [
        column("day", "Day", 136), column("type", "What", 170, 2), column("who", "Who", 140, 3),
        column("whom", "To whom", 130, 2.5), column("place", "Where", 110, 2), column("status", "Status", 104),
        column("by", "By whose word", 130, 2.5), column("killed", "Killed", 78), column("sources", "Sources", 92),
        column("credibility", "Credibility", 140),
      ];
    },
    build() {
      const { AgGrid } = this;
      this.api?.destroy();
      this.narrow = this.$refs.grid.clientWidth < NARROW;
      const theme = AgGrid.themeQuartz.withParams({
        backgroundColor: "var(--surface)", foregroundColor: "var(--text)", borderColor: "var(--line)",
        headerBackgroundColor: "var(--surface)", headerTextColor: "var(--muted)", accentColor: "var(--accent)",
        rowHoverColor: "var(--raised)", fontFamily: "inherit", fontSize: 13, headerFontSize: 12, headerFontWeight: 500,
        rowBorder: "1px solid var(--line)", wrapperBorder: false, wrapperBorderRadius: 0, cellHorizontalPadding: 10, headerHeight: 32,
        oddRowBackgroundColor: "var(--surface)", browserColorScheme: "inherit", columnBorder: false, headerColumnBorder: false,
      });
      this.api = AgGrid.createGrid(this.$refs.grid, {
        theme,
        rowModelType: "infinite", cacheBlockSize: PAGE, maxBlocksInCache: 20, infiniteInitialRowCount: 30,
        rowHeight: this.narrow ? 76 : 30, headerHeight: this.narrow ? 0 : 32,
        columnDefs: this.narrow
          ? [{ field: "type", headerName: "Incident", flex: 1, cellRenderer: shown(card), sortable: false }]
          : this.columns(),
        defaultColDef: { resizable: true, suppressMovable: true, sortable: true },
        suppressCellFocus: false, animateRows: false, suppressColumnVirtualisation: true, ensureDomOrder: true,
        getRowId: (params) => params.data.id,
        datasource: this.source(),
        onSortChanged: (e) => {
          if (e.source !== "uiColumnSorted") return;
          const by = e.api.getColumnState().find((state) => state.sort);
          this.$emit("sort", by ? `${by.sort === "desc" ? "-" : ""}${by.colId}` : "-day");
        },
        onCellKeyDown: (e) => {
          if (e.event.key === "Enter" && e.data) window.location.href = address(e.data);
        },
        onRowClicked: (e) => {
          if (!e.data || e.event.target.closest("a") || String(window.getSelection())) return;
          window.location.href = address(e.data);
        },
      });
      this.$refs.grid.dataset.ready = "1";
    },
  },
};
