// The map. Marks are drawn on one canvas: a thousand places cost what one does.
const OUTLINES = "/static/outlines.json";
const TILES = "https://tile.openstreetmap.org/{z}/{x}/{y}.png";
const STATUSES = ["happened", "planned", "possible", "denied", "called_for"];
const NAMES = { happened: "happened", planned: "planned", possible: "possible", denied: "denied", called_for: "called for" };
const QUADS = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
const LEAST = 5;
const MOST = 26;

const radius = (sources) => Math.min(MOST, LEAST + 1.9 * Math.sqrt(Math.max(0, sources - 1)));
const css = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

function loadStyle(href) {
  return new Promise((resolve) => {
    if (document.querySelector(`link[href="${href}"]`)) return resolve();
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = link.onerror = resolve;
    document.head.append(link);
  });
}

let outlines = null; // one fetch a page, however many maps it has

// As brief/figures.py: land across the 180th meridian goes on beyond it and not back around the world.
function unroll(world) {
  const width = (ring) => ring.reduce((most, [x]) => Math.max(most, x), -540) - ring.reduce((least, [x]) => Math.min(least, x), 540);
  for (const { geometry } of world.features) {
    for (const polygon of geometry.coordinates) {
      for (const [place, ring] of polygon.entries()) {
        if (width(ring) <= 300) continue;
        let turn = 0;
        const found = ring.map(([x, y], number) => {
          const step = number ? x - ring[number - 1][0] : 0;
          if (Math.abs(step) > 180) turn += step < 0 ? 360 : -360;
          return [x + turn, y];
        });
        if (!turn && width(found) <= 300) polygon[place] = found;
      }
    }
  }
  return world;
}

export default {
  props: {
    label: String, tiles: Boolean, marks: Array, held: Array, frame: Array, note: String, box: Array, boxes: Boolean, resourcePath: String,
  },
  render() {
    const { h } = Vue;
    const buttons = this.boxes
      ? [
          h("button", { type: "button", class: { button: true, on: this.drawing }, "aria-pressed": this.drawing,
            title: "Drag over the part to keep (or hold Shift and drag)", onClick: () => this.toggleDrawing() }, "Mark area"),
          h("button", { type: "button", class: "button", title: "Keep what this part of the map shows",
            onClick: () => this.useView() }, "Only this view"),
          this.box ? h("button", { type: "button", class: "button", onClick: () => this.$emit("box", null) }, "Whole map") : null,
        ]
      : [];
    return h("div", {}, [
      h("div", { ref: "map", class: "map-canvas", role: "application", "aria-label": this.label, tabindex: 0 }),
      h("div", { class: "map-tools" }, buttons),
      this.note ? h("p", { class: "map-note" }, this.note) : null,
      h("div", { ref: "tip", class: "tip", hidden: true }),
    ]);
  },
  data() {
    return { drawing: false };
  },
  async mounted() {
    const [{ leaflet: L }] = await Promise.all([import("nicegui-leaflet"), loadStyle(`${this.resourcePath}/leaflet.css`)]);
    if (!this.$refs.map) return; // left before it was there
    this.L = L;
    const map = L.map(this.$refs.map, {
      zoomControl: true, attributionControl: true, boxZoom: false, worldCopyJump: false, zoomSnap: 0.25, zoomDelta: 1,
      wheelPxPerZoomLevel: 90, minZoom: 1.5, maxZoom: this.tiles ? 17 : 11, maxBounds: [[-85, -200], [85, 200]],
    });
    this.map = map;
    map.attributionControl.setPrefix(false);
    map.attributionControl.addAttribution("Natural Earth · GeoNames");
    map.setView([20, 15], 2);
    this.fit();
    this.makeCanvas();
    this.canvasEvents();
    this.observer = new ResizeObserver(() => { map.invalidateSize({ animate: false }); this.draw(); });
    this.observer.observe(this.$refs.map);
    this.themes = new MutationObserver(() => { this.styleLand(); this.draw(); });
    this.themes.observe(document.body, { attributes: true, attributeFilter: ["class"] });
    this.draw();
    outlines ??= fetch(OUTLINES).then((answer) => answer.json()).then(unroll);
    const land = await outlines;
    if (!this.map) return;
    map.createPane("land").style.zIndex = 150;
    this.land = L.geoJSON(land, {
      pane: "land", interactive: false, renderer: L.canvas({ pane: "land", padding: 0.6 }), smoothFactor: 1.4,
      style: () => this.landStyle(),
    }).addTo(map);
    if (this.tiles) {
      L.tileLayer(TILES, { maxZoom: 19, attribution: "© OpenStreetMap contributors" }).addTo(map);
    }
    this.draw();
    this.$refs.map.dataset.ready = "1";
  },
  beforeUnmount() {
    this.observer?.disconnect();
    this.themes?.disconnect();
    this.map?.remove();
    this.map = null;
  },
  watch: {
    marks() { this.fit(); this.draw(); },
    held() { this.fit(); this.draw(); },
    box() { this.draw(); },
  },
  methods: {
    landStyle() {
      return { fillColor: css("--land"), fillOpacity: 1, color: css("--coast"), weight: 0.8, opacity: 1 };
    },
    styleLand() {
      this.land?.setStyle(this.landStyle());
    },
    // Where there is something to see: [latitude, longitude, weight].
    points() {
      return this.held?.length
        ? this.held.map((one) => [one.latitude, one.longitude, 1])
        : (this.marks ?? []).filter((mark) => mark[4])
            .map((mark) => [mark[2], mark[3], mark[6].reduce((sum, count) => sum + count[2], 0)]);
    },
    // The map goes to its marks once, and after that only where the person takes it.
    fit() {
      if (!this.map || this.fitted) return;
      const points = this.box
        ? [[this.box[0], this.box[1], 1], [this.box[2], this.box[3], 1]]
        : this.points();
      if (!points.length) return;
      this.fitted = true;
      // A few far away do not push the many together: most incidents are what is shown first.
      const total = points.reduce((sum, point) => sum + point[2], 0);
      const cut = this.box || this.held?.length ? 0 : total * 0.12;
      const within = (axis) => {
        const sorted = [...points].sort((a, b) => a[axis] - b[axis]);
        let before = 0;
        const low = sorted.find((point) => (before += point[2]) > cut);
        before = 0;
        const high = sorted.reverse().find((point) => (before += point[2]) > cut);
        return [low[axis], high[axis]];
      };
      const [south, north] = within(0);
      const [west, east] = within(1);
      this.map.fitBounds([[south, west], [north, east]], {
        paddingTopLeft: [60, 40], paddingBottomRight: [80, 30 + this.legendHeight()], maxZoom: 7, animate: false,
      });
    },
    // What of the map lies under its buttons and its legend: boxes.
    covered() {
      const map = this.$refs.map.getBoundingClientRect();
      return [...this.$el.parentElement.querySelectorAll(".legend, .map-tools .button, .leaflet-control")]
        .map((one) => one.getBoundingClientRect())
        .map((its) => [its.left - map.left, its.top - map.top, its.right - map.left, its.bottom - map.top])
        .filter((box) => box[0] < map.width && box[1] < map.height && box[3] > 0);
    },
    // How far the legend reaches up from the map's lower edge.
    legendHeight() {
      const legend = this.$el.parentElement.querySelector(".legend")?.getBoundingClientRect();
      const map = this.$refs.map.getBoundingClientRect();
      return legend && legend.top < map.bottom ? Math.min(map.height / 3, map.bottom - legend.top) : 0;
    },
    makeCanvas() {
      this.canvas = this.L.DomUtil.create("canvas", "marks");
      this.map.createPane("marks").style.zIndex = 450;
      this.map.getPane("marks").append(this.canvas);
      this.map.on("moveend zoomend viewreset resize", () => this.draw());
      this.map.on("zoomstart", () => { this.canvas.style.opacity = 0; });
      this.map.on("zoomend", () => { this.canvas.style.opacity = 1; });
    },
    canvasEvents() {
      const map = this.map;
      map.on("mousemove", (e) => this.point(e.containerPoint));
      map.on("mouseout", () => this.tell(null));
      map.on("click", (e) => {
        const found = this.at(e.containerPoint);
        if (!found) return;
        if (found.members.length > 1 && map.getZoom() < map.getMaxZoom() - 0.5) {
          const bounds = this.L.latLngBounds(found.members.map((mark) => [mark[2], mark[3]]));
          map.fitBounds(bounds, { padding: [60, 60], maxZoom: Math.min(map.getZoom() + 3, map.getMaxZoom()) });
        } else {
          this.$emit("place", found.members[0][0]);
        }
      });
      const element = this.$refs.map;
      let from = null;
      element.addEventListener("pointerdown", (e) => {
        if (!this.boxes || !(this.drawing || e.shiftKey) || e.button !== 0 || e.target.closest(".leaflet-control")) return;
        from = map.mouseEventToContainerPoint(e);
        map.dragging.disable();
        element.setPointerCapture(e.pointerId);
        e.preventDefault();
        e.stopPropagation();
      }, true);
      element.addEventListener("pointermove", (e) => {
        if (!from) return;
        this.drag = [from, map.mouseEventToContainerPoint(e)];
        this.draw();
      }, true);
      const end = (e) => {
        if (!from) return;
        const to = map.mouseEventToContainerPoint(e);
        map.dragging.enable();
        this.drag = null;
        if (Math.abs(to.x - from.x) > 6 && Math.abs(to.y - from.y) > 6) {
          const corners = this.L.latLngBounds(map.containerPointToLatLng(from), map.containerPointToLatLng(to));
          this.emitBox(corners);
        }
        from = null;
        this.drawing = false;
        this.draw();
      };
      element.addEventListener("pointerup", end, true);
      element.addEventListener("pointercancel", end, true);
    },
    toggleDrawing() {
      this.drawing = !this.drawing;
      this.$refs.map.classList.toggle("drawing", this.drawing);
    },
    useView() {
      this.emitBox(this.map.getBounds());
    },
    emitBox(bounds) {
      this.$refs.map.classList.remove("drawing");
      const round = (value) => Math.round(value * 1e4) / 1e4;
      this.$emit("box", [
        round(Math.max(-90, bounds.getSouth())), round(Math.max(-180, bounds.getWest())),
        round(Math.min(90, bounds.getNorth())), round(Math.min(180, bounds.getEast())),
      ]);
    },
    // Marks that would lie on each other become one, the largest first.
    clusters() {
      const list = (this.marks ?? []).map((mark) => {
        const at = this.map.latLngToContainerPoint([mark[2], mark[3]]);
        const sources = mark[6].reduce((sum, count) => sum + count[3], 0);
        return { x: at.x, y: at.y, sources, r: radius(sources), members: [mark], inView: mark[4], wide: mark[5] };
      }).sort((a, b) => b.sources - a.sources);
      const kept = [];
      const cell = MOST * 2;
      const grid = new Map();
      for (const one of list) {
        const [cx, cy] = [Math.floor(one.x / cell), Math.floor(one.y / cell)];
        let host = null;
        for (let dx = -1; dx <= 1 && !host; dx++) {
          for (let dy = -1; dy <= 1 && !host; dy++) {
            host = (grid.get(`${cx + dx},${cy + dy}`) ?? []).find((other) => other.inView === one.inView
              && other.wide === one.wide && Math.hypot(other.x - one.x, other.y - one.y) < (other.r + one.r) * 0.72);
          }
        }
        if (host) {
          host.members.push(one.members[0]);
          host.sources += one.sources;
          host.r = radius(host.sources);
        } else {
          kept.push(one);
          const key = `${cx},${cy}`;
          if (!grid.has(key)) grid.set(key, []);
          grid.get(key).push(one);
        }
      }
      return kept;
    },
    draw() {
      if (!this.map || !this.canvas) return;
      const size = this.map.getSize();
      const scale = window.devicePixelRatio || 1;
      const canvas = this.canvas;
      canvas.width = size.x * scale;
      canvas.height = size.y * scale;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      this.L.DomUtil.setPosition(canvas, this.map.containerPointToLayerPoint([0, 0]));
      const pen = canvas.getContext("2d");
      pen.scale(scale, scale);
      this.colours = QUADS.map((_, index) => css(`--quad-${index}`));
      this.paper = css("--surface");
      this.ink = css("--text");
      this.drawn = [];
      this.taken = this.covered();
      this.size = size;
      if (this.held?.length) this.drawHeld(pen);
      const clusters = this.marks?.length ? this.clusters() : [];
      for (const one of clusters) this.drawMark(pen, one);
      if (clusters.length < 60) {
        for (const one of clusters) this.taken.push([one.x - one.r, one.y - one.r * 0.6, Math.max(one.right, one.x + one.r), one.y + one.r * 0.6]);
      }
      for (const one of clusters.slice(0, 60)) this.nameMark(pen, one, size);
      this.drawBox(pen);
      this.drawn.push(...clusters);
    },
    drawMark(pen, one) {
      const happened = [0, 0, 0, 0];
      const others = new Map();
      for (const mark of one.members) {
        for (const [quad, status, incidents, sources] of mark[6]) {
          if (status === 0) happened[quad] += sources;
          else others.set(status, [(others.get(status)?.[0] ?? 0) + incidents, quad]);
        }
      }
      const total = happened.reduce((a, b) => a + b, 0);
      pen.globalAlpha = one.inView ? 1 : 0.22;
      const r = total ? radius(total) : 0;
      if (total) {
        let angle = -Math.PI / 2;
        if (one.wide) {
          // Somewhere in a country or province: a square, so that nobody reads it as a town.
          let y = one.y - r;
          happened.forEach((sources, quad) => {
            const tall = (2 * r * sources) / total;
            pen.fillStyle = this.colours[quad];
            pen.globalAlpha *= 0.75;
            pen.fillRect(one.x - r, y, 2 * r, tall);
            pen.globalAlpha = one.inView ? 1 : 0.22;
            y += tall;
          });
          pen.strokeStyle = this.paper;
          pen.lineWidth = 1.5;
          pen.strokeRect(one.x - r, one.y - r, 2 * r, 2 * r);
        } else {
          happened.forEach((sources, quad) => {
            if (!sources) return;
            const turn = (sources / total) * 2 * Math.PI;
            pen.beginPath();
            pen.moveTo(one.x, one.y);
            pen.arc(one.x, one.y, r, angle, angle + turn);
            pen.closePath();
            pen.fillStyle = this.colours[quad];
            pen.fill();
            angle += turn;
          });
          pen.beginPath();
          pen.arc(one.x, one.y, r, 0, 2 * Math.PI);
          pen.strokeStyle = this.paper;
          pen.lineWidth = 1.5;
          pen.stroke();
        }
      }
      // What did not happen, or not yet, stands around many places in a ring and beside one place in outline:
      // dashed planned, dotted possible, struck denied.
      if (one.members.length > 1 && total) {
        this.drawRing(pen, one, r + 3.5, others);
        one.right = one.x + r + 6;
        one.r = r + 5;
        return;
      }
      let x = one.x + (total && others.size ? r + 7 : 0);
      const y = one.y - (total ? Math.min(r, 8) * 0.6 : 0);
      for (const [status, [incidents, quad]] of [...others].sort((a, b) => a[0] - b[0])) {
        const small = Math.min(9, 4 + Math.sqrt(incidents));
        pen.beginPath();
        pen.arc(x, y, small, 0, 2 * Math.PI);
        pen.fillStyle = this.paper;
        pen.globalAlpha = one.inView ? 0.85 : 0.2;
        pen.fill();
        pen.globalAlpha = one.inView ? 1 : 0.22;
        pen.strokeStyle = this.colours[quad];
        pen.lineWidth = 2;
        pen.setLineDash(STATUSES[status] === "denied" ? [] : STATUSES[status] === "possible" ? [1.5, 2.5] : [4, 2.5]);
        pen.stroke();
        pen.setLineDash([]);
        if (STATUSES[status] === "denied") {
          pen.beginPath();
          pen.moveTo(x - small * 0.7, y + small * 0.7);
          pen.lineTo(x + small * 0.7, y - small * 0.7);
          pen.stroke();
        }
        x += small * 2 + 3;
      }
      pen.globalAlpha = 1;
      one.right = others.size ? x - 3 : one.x + r;
      one.r = Math.max(r, 7);
    },
    drawRing(pen, one, r, others) {
      const told = [...others].flatMap(([status, [incidents, quad]]) => [[status, quad, incidents]]);
      const all = told.reduce((sum, [, , incidents]) => sum + incidents, 0);
      let angle = -Math.PI / 2;
      pen.lineWidth = 2;
      for (const [status, quad, incidents] of told) {
        const turn = Math.min((incidents / all) * 2 * Math.PI, 2 * Math.PI);
        pen.beginPath();
        pen.arc(one.x, one.y, r, angle + 0.06, angle + turn - 0.06);
        pen.strokeStyle = this.colours[quad];
        pen.globalAlpha = one.inView ? 1 : 0.22;
        pen.setLineDash(STATUSES[status] === "denied" ? [] : STATUSES[status] === "possible" ? [1.5, 2.5] : [4, 2.5]);
        pen.stroke();
        angle += turn;
      }
      pen.setLineDash([]);
      pen.globalAlpha = 1;
    },
    nameMark(pen, one, size) {
      if (!one.inView || one.x < 0 || one.y < 0 || one.x > size.x || one.y > size.y) return;
      this.write(pen, one.members[0][1], one, one.wide);
    },
    // A name to the right of its mark, or to the left, below or above, where it covers no other; else none.
    write(pen, name, one, quiet) {
      pen.font = `${quiet ? "italic " : ""}500 11.5px Roboto, system-ui, sans-serif`;
      const wide = pen.measureText(name).width;
      const right = Math.max(one.right ?? 0, one.x + one.r + 4) + 1;
      for (const [x, y] of [
        [right, one.y + 4], [one.x - one.r - 4 - wide, one.y + 4],
        [one.x - wide / 2, one.y + one.r + 12], [one.x - wide / 2, one.y - one.r - 5],
      ]) {
        const box = [x - 2, y - 11, x + wide + 2, y + 3];
        if (box[0] < 0 || box[1] < 0 || box[2] > this.size.x || box[3] > this.size.y) continue;
        if (this.taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
        this.taken.push(box);
        pen.lineJoin = "round";
        pen.lineWidth = 3;
        pen.strokeStyle = this.paper;
        pen.strokeText(name, x, y);
        pen.fillStyle = this.ink;
        pen.fillText(name, x, y);
        return;
      }
    },
    // Who holds a place: one mark, in two halves where it is contested, open where nobody is told to hold it.
    drawHeld(pen) {
      for (const one of this.held) {
        const at = this.map.latLngToContainerPoint([one.latitude, one.longitude]);
        const r = 9;
        // A square, as in the situation, for what is no one place.
        const shape = () => {
          pen.beginPath();
          if (one.wide) pen.rect(at.x - r, at.y - r, 2 * r, 2 * r);
          else pen.arc(at.x, at.y, r, 0, 2 * Math.PI);
        };
        shape();
        pen.fillStyle = one.pattern === "open" ? this.paper : one.colour;
        pen.fill();
        if (one.pattern === "contested") {
          pen.beginPath();
          if (one.wide) { pen.moveTo(at.x + r, at.y - r); pen.lineTo(at.x + r, at.y + r); pen.lineTo(at.x - r, at.y + r); }
          else pen.arc(at.x, at.y, r, -Math.PI / 4, (3 * Math.PI) / 4);
          pen.fillStyle = one.other ?? this.paper;
          pen.fill();
        }
        shape();
        pen.lineWidth = 2;
        pen.strokeStyle = one.pattern === "open" ? one.colour : this.paper;
        pen.setLineDash(one.pattern === "open" ? [4, 3] : []);
        pen.stroke();
        pen.setLineDash([]);
        this.drawn.push({ x: at.x, y: at.y, r, members: [[one.key, one.name]], text: one.text, wide: one.wide });
      }
      for (const one of this.drawn) this.write(pen, one.members[0][1], one, one.wide);
    },
    drawBox(pen) {
      let corners = this.drag;
      if (!corners && this.box) {
        const [south, west, north, east] = this.box;
        corners = [this.map.latLngToContainerPoint([north, west]), this.map.latLngToContainerPoint([south, east])];
      }
      if (!corners) return;
      const [a, b] = corners;
      pen.strokeStyle = css("--accent");
      pen.lineWidth = 1.5;
      pen.setLineDash([6, 4]);
      pen.strokeRect(Math.min(a.x, b.x), Math.min(a.y, b.y), Math.abs(b.x - a.x), Math.abs(b.y - a.y));
      pen.setLineDash([]);
    },
    at(point) {
      let best = null;
      for (const one of this.drawn ?? []) {
        const away = Math.hypot(one.x - point.x, one.y - point.y);
        if (away <= one.r + 3 && (!best || away < best[0])) best = [away, one];
      }
      return best?.[1];
    },
    point(point) {
      const found = this.at(point);
      this.$refs.map.classList.toggle("pointing", Boolean(found));
      this.tell(found, point);
    },
    tell(found, point) {
      const tip = this.$refs.tip;
      if (!tip) return;
      tip.hidden = !found;
      if (!found) return;
      tip.textContent = ""; // names are text, never markup
      const line = (text, kind) => {
        const div = document.createElement("div");
        div.textContent = text;
        if (kind) div.className = kind;
        tip.append(div);
      };
      const names = found.members.map((mark) => mark[1]);
      line(names.slice(0, 4).join(", ") + (names.length > 4 ? ` and ${names.length - 4} more` : ""), "tip-name");
      if (found.text) {
        for (const text of [found.text].flat()) line(text);
      } else {
        const rows = new Map();
        let incidents = 0;
        for (const mark of found.members) {
          for (const [quad, status, number] of mark[6]) {
            incidents += number;
            const key = `${QUADS[quad]}${status ? `, ${NAMES[STATUSES[status]]}` : ""}`;
            rows.set(key, (rows.get(key) ?? 0) + number);
          }
        }
        line(`${incidents} incident${incidents === 1 ? "" : "s"}, ${found.sources} source${found.sources === 1 ? "" : "s"}`);
        for (const [key, number] of rows) line(`${number} ${key}`, "tip-row");
        if (found.wide) line("somewhere in it", "tip-row");
      }
      const size = this.map.getSize();
      tip.style.left = `${Math.max(4, Math.min(point.x + 14, size.x - 230))}px`;
      tip.style.top = `${Math.max(4, Math.min(point.y + 14, size.y - tip.offsetHeight - 6))}px`;
    },
  },
};
