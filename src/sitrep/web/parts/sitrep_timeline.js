// Incidents over days, stacked by quad category; what did not happen, or not yet, is hatched and lies on top.
const QUADS = ["Verbal cooperation", "Material cooperation", "Verbal conflict", "Material conflict"];
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const css = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
const parse = (day) => new Date(`${day}T00:00:00Z`);
const iso = (when) => when.toISOString().slice(0, 10);

function after(step, day, count = 1) {
  const when = parse(day);
  if (step === "day") when.setUTCDate(when.getUTCDate() + count);
  else if (step === "week") when.setUTCDate(when.getUTCDate() + 7 * count);
  else if (step === "month") when.setUTCMonth(when.getUTCMonth() + count);
  else when.setUTCFullYear(when.getUTCFullYear() + count);
  return iso(when);
}

function written(step, day) {
  const [year, month, number] = day.split("-").map(Number);
  if (step === "year") return `${year}`;
  if (step === "month") return `${MONTHS[month - 1]} ${year}`;
  return `${number} ${MONTHS[month - 1]}`;
}

export default {
  props: { label: String, bars: Array, step: String, days: Array, brush: Boolean },
  render() {
    return Vue.h("div", {}, [
      Vue.h("div", { ref: "chart", class: "timeline-canvas", role: "img", "aria-label": this.label }),
    ]);
  },
  async mounted() {
    const { echarts } = await import("nicegui-echart");
    if (!this.$refs.chart) return;
    this.chart = echarts.init(this.$refs.chart, null, { renderer: "canvas" });
    this.observer = new ResizeObserver(() => { this.chart.resize(); });
    this.observer.observe(this.$refs.chart);
    this.themes = new MutationObserver(() => this.draw());
    this.themes.observe(document.body, { attributes: true, attributeFilter: ["class"] });
    this.chart.on("brushEnd", (e) => {
      const range = e.areas[0]?.coordRange;
      if (!range) return;
      const first = Math.max(0, Math.min(range[0], this.steps.length - 1));
      const last = Math.max(0, Math.min(range[1], this.steps.length - 1));
      this.own = true;
      this.$emit("days", [this.steps[first], after("day", after(this.step, this.steps[last]), -1)]);
    });
    // A click beside the brush takes it back, as in every editor.
    this.chart.getZr().on("click", (e) => {
      if (this.brush && this.days?.[0] && !e.target) this.$emit("days", [null, null]);
    });
    this.draw();
    this.$refs.chart.dataset.ready = "1";
  },
  beforeUnmount() {
    this.observer?.disconnect();
    this.themes?.disconnect();
    this.chart?.dispose();
  },
  watch: {
    bars() { this.draw(); },
    days() { this.mark(); },
  },
  methods: {
    makeSteps() {
      const days = (this.bars ?? []).map((bar) => bar[0]);
      if (!days.length) return [];
      let first = days.reduce((a, b) => (a < b ? a : b));
      const last = days.reduce((a, b) => (a > b ? a : b));
      const steps = [];
      for (; first <= last && steps.length < 2000; first = after(this.step, first)) steps.push(first);
      return steps;
    },
    draw() {
      if (!this.chart) return;
      this.steps = this.makeSteps();
      const index = new Map(this.steps.map((day, number) => [day, number]));
      const series = [true, false].flatMap((happened) =>
        QUADS.map((name, quad) => {
          const data = new Array(this.steps.length).fill(null);
          for (const [day, its, did, count] of this.bars) {
            if (its === quad && did === happened) data[index.get(day)] = count;
          }
          const colour = css(`--quad-${quad}`);
          return {
            name: happened ? name : `${name}, not told as having happened`, type: "bar", stack: "all", data,
            barCategoryGap: "18%", barMaxWidth: 26, emphasis: { disabled: true }, animation: false,
            itemStyle: happened
              ? { color: colour }
              : { color: css("--surface"), borderColor: colour, borderWidth: 1, borderType: "dashed" },
          };
        }),
      ).filter((one) => one.data.some(Boolean));
      const muted = css("--muted");
      this.chart.setOption({
        grid: { left: 34, right: 12, top: 10, bottom: 22 },
        textStyle: { fontFamily: "Roboto, system-ui, sans-serif" },
        tooltip: {
          trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", confine: true, transitionDuration: 0,
          backgroundColor: css("--surface"), borderColor: css("--line"), textStyle: { color: css("--text"), fontSize: 12 },
          formatter: (rows) => {
            const shown = rows.filter((row) => row.value);
            const title = this.step === "day" || this.step === "week"
              ? `${this.step === "week" ? "week of " : ""}${written("day", rows[0].axisValue)} ${rows[0].axisValue.slice(0, 4)}`
              : written(this.step, rows[0].axisValue);
            return [title, ...shown.map((row) => `${row.value}  ${row.seriesName}`)].join("\n");
          },
        },
        xAxis: {
          type: "category", data: this.steps, axisTick: { show: false }, axisLine: { lineStyle: { color: css("--line") } },
          axisLabel: { color: muted, fontSize: 11, hideOverlap: true, formatter: (day) => written(this.step, day) },
        },
        yAxis: {
          type: "value", minInterval: 1, splitNumber: 3, axisLabel: { color: muted, fontSize: 11 },
          splitLine: { lineStyle: { color: css("--line") } },
        },
        toolbox: { show: false },
        brush: this.brush
          ? { toolbox: [], xAxisIndex: 0, brushType: "lineX", brushMode: "single", transformable: true, throttleType: "debounce",
              throttleDelay: 80, outOfBrush: { colorAlpha: 0.28 },
              brushStyle: { color: "rgba(90,140,190,0.14)", borderColor: css("--accent"), borderWidth: 1 } }
          : undefined,
        series,
      }, { notMerge: true });
      if (this.brush) {
        this.chart.dispatchAction({
          type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" },
        });
      }
      this.mark();
    },
    // The brush as the days of the page's address have it.
    mark() {
      if (!this.chart || !this.brush || !this.steps) return;
      const [since, until] = this.days ?? [];
      const areas = [];
      if ((since || until) && this.steps.length) {
        let first = this.steps.findIndex((day) => !since || after("day", after(this.step, day), -1) >= since);
        let last = this.steps.length - 1;
        while (last > 0 && until && this.steps[last] > until) last -= 1;
        if (first < 0) first = this.steps.length - 1;
        areas.push({ brushType: "lineX", xAxisIndex: 0, coordRange: [first, Math.max(first, last)] });
      }
      this.chart.dispatchAction({ type: "brush", areas });
    },
  },
};
