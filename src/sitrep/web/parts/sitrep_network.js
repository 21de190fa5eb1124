// Who has to do with whom. The actor stands in the middle, the others around it; names are text, never markup.
const QUADS = ["Verbal cooperation", "Material cooperation", "Verbal conflict", "Material conflict"];
const css = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();

export default {
  props: { label: String, centre: Array, others: Array, ties: Array },
  render() {
    return Vue.h("div", {}, [Vue.h("div", { ref: "chart", class: "network-canvas", role: "img", "aria-label": this.label })]);
  },
  async mounted() {
    const { echarts } = await import("nicegui-echart");
    if (!this.$refs.chart) return;
    this.chart = echarts.init(this.$refs.chart, null, { renderer: "canvas" });
    this.observer = new ResizeObserver(() => { this.chart.resize(); this.draw(); });
    this.observer.observe(this.$refs.chart);
    this.themes = new MutationObserver(() => this.draw());
    this.themes.observe(document.body, { attributes: true, attributeFilter: ["class"] });
    this.chart.on("click", (e) => {
      if (e.dataType === "node" && e.data.address) location.href = e.data.address;
    });
    this.draw();
    this.$refs.chart.dataset.ready = "1";
  },
  beforeUnmount() {
    this.observer?.disconnect();
    this.themes?.disconnect();
    this.chart?.dispose();
  },
  methods: {
    // On a phone names stand above and below: beside their marks there is no room for them.
    isNarrow() {
      return (this.$refs.chart.clientWidth || 600) < 520;
    },
    // Around the middle on one ring, or on two where there are many; neighbours with ties between them side by side.
    places() {
      const wide = this.$refs.chart.clientWidth || 600;
      const high = this.$refs.chart.clientHeight || 400;
      const rx = Math.max(70, wide / 2 - (this.isNarrow() ? 58 : 150));
      const ry = Math.max(70, high / 2 - 34);
      const order = this.ordered();
      const rings = order.length > 13 ? 2 : 1;
      return new Map(order.map((one, number) => {
        const first = order.length < 4 ? 0 : -Math.PI / 2 + 0.12;
        const angle = first + (2 * Math.PI * number) / order.length;
        const part = rings === 2 && number % 2 ? 0.62 : 1;
        return [one[0], [rx * part * Math.cos(angle), ry * part * Math.sin(angle)]];
      }));
    },
    ordered() {
      const left = [...this.others];
      const linked = (a, b) => this.ties.some(([from, to]) => (from === a && to === b) || (from === b && to === a));
      const order = left.splice(0, 1);
      while (left.length) {
        const next = left.findIndex((one) => linked(one[0], order[order.length - 1][0]));
        order.push(...left.splice(next < 0 ? 0 : next, 1));
      }
      return order;
    },
    draw() {
      if (!this.chart) return;
      const [id, name] = this.centre;
      const places = this.places();
      const text = css("--text");
      const surface = css("--surface");
      const most = Math.max(1, ...this.others.map((one) => one[2]));
      const dot = (total) => 9 + 15 * Math.sqrt(total / most);
      const longest = this.isNarrow() ? 18 : 24;
      const short = (words) => (words.length > longest ? `${words.slice(0, longest - 1)}…` : words);
      const label = {
        show: true, color: text, fontSize: 12, fontFamily: "Roboto, system-ui, sans-serif", textBorderColor: surface,
        textBorderWidth: 3, formatter: (one) => short(one.data.words),
      };
      const nodes = [
        { id, name: id, words: name, x: 0, y: 0, symbolSize: 30, itemStyle: { color: text, borderColor: surface, borderWidth: 2 },
          label: { ...label, position: "bottom", fontWeight: 600, fontSize: 13 } },
        ...this.others.map(([other, words, total, address]) => {
          const [x, y] = places.get(other);
          return { id: other, name: other, words, total, address, x, y, symbolSize: dot(total), cursor: address ? "pointer" : "default",
            itemStyle: { color: surface, borderColor: css("--muted"), borderWidth: 1.5, borderType: address ? "solid" : "dashed" },
            label: { ...label, position: this.isNarrow() || Math.abs(x) < 40 ? (y < 0 ? "top" : "bottom") : x < 0 ? "left" : "right" } };
        }),
      ];
      const names = new Map(nodes.map((node) => [node.id, node.words]));
      // Lines between the same two bend apart, so that each kind is seen.
      const between = new Map();
      const links = [...this.ties].sort((a, b) => a[3] - b[3]).map(([source, target, quad, incidents]) => {
        const pair = [source, target].sort().join(" ");
        const number = between.get(pair) ?? 0;
        between.set(pair, number + 1);
        const own = source === id || target === id;
        const bend = (Math.ceil(number / 2) * 0.14 + (number ? 0.03 : 0)) * (number % 2 ? 1 : -1) * (source < target ? 1 : -1);
        return {
          source, target, quad, incidents, words: `${names.get(source)} → ${names.get(target)}`,
          // Who meets whom is the same either way.
          symbol: ["none", quad ? "arrow" : "none"], symbolSize: own ? 8 : 6,
          lineStyle: { color: css(`--quad-${quad}`), width: Math.min(8, 1 + 1.3 * Math.sqrt(incidents)), opacity: own ? 0.85 : 0.28, curveness: bend },
        };
      });
      this.chart.setOption({
        animation: false,
        tooltip: {
          renderMode: "richText", confine: true, transitionDuration: 0, backgroundColor: surface, borderColor: css("--line"),
          textStyle: { color: text, fontSize: 12 },
          formatter: ({ dataType, data }) => dataType === "edge"
            ? `${data.words}\n${data.incidents} × ${QUADS[data.quad].toLowerCase()}`
            : data.total ? `${data.words}\n${data.total} incident${data.total === 1 ? "" : "s"} with ${name}` : data.words,
        },
        series: [{
          type: "graph", layout: "none", data: nodes, links, roam: false, left: "center", top: "middle",
          width: Math.max(...nodes.map((node) => node.x)) - Math.min(...nodes.map((node) => node.x)) || 1,
          height: Math.max(...nodes.map((node) => node.y)) - Math.min(...nodes.map((node) => node.y)) || 1,
          emphasis: { focus: "adjacency", lineStyle: { opacity: 1 } }, blur: { itemStyle: { opacity: 0.3 }, label: { opacity: 0.3 } },
        }],
      }, { notMerge: true });
    },
  },
};
