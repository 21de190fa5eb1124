// A slider over days, with a tick for each day on which something changes, and buttons that go from tick to tick.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const STEP_MS = 1300;
const WAIT_MS = 70; // between two days that the server hears of while one drags

export default {
  props: { label: String, first: String, count: Number, changes: Array, start: Number },
  data() {
    return { at: this.start, playing: false };
  },
  mounted() {
    this.$el.dataset.ready = "1";
  },
  beforeUnmount() {
    clearInterval(this.timer);
    clearTimeout(this.waiting);
  },
  computed: {
    iso() {
      const when = new Date(`${this.first}T00:00:00Z`);
      when.setUTCDate(when.getUTCDate() + this.at);
      return when.toISOString().slice(0, 10);
    },
    words() {
      const [year, month, day] = this.iso.split("-").map(Number);
      return `${day} ${MONTHS[month - 1]} ${year}`;
    },
  },
  methods: {
    go(at, own = true) {
      if (own) this.stop();
      this.at = Math.max(0, Math.min(this.count, at));
      if (this.waiting) return;
      this.waiting = setTimeout(() => {
        this.waiting = null;
        if (this.told === this.iso) return;
        this.told = this.iso;
        this.$emit("day", this.iso);
      }, WAIT_MS);
    },
    next() {
      return this.changes.find((change) => change > this.at);
    },
    before() {
      return this.changes.filter((change) => change < this.at).pop();
    },
    play() {
      if (this.playing) return this.stop();
      this.playing = true;
      if (this.next() === undefined) this.go(this.changes[0] ?? 0, false);
      this.timer = setInterval(() => {
        const next = this.next();
        if (next === undefined) this.stop();
        else this.go(next, false);
      }, STEP_MS);
    },
    stop() {
      this.playing = false;
      clearInterval(this.timer);
    },
  },
  render() {
    const { h } = Vue;
    const next = this.next();
    const before = this.before();
    const part = (day) => `${(100 * day) / Math.max(1, this.count)}%`;
    const button = (text, label, target) => h("button", {
      type: "button", class: "button", "aria-label": label, title: label, disabled: target === undefined,
      onClick: () => this.go(target),
    }, text);
    return h("div", { class: "days", role: "group", "aria-label": this.label }, [
      h("div", { class: "days-buttons" }, [
        button("‹", "To the change before", before),
        h("button", { type: "button", class: "button main", "aria-pressed": this.playing ? "true" : "false", onClick: () => this.play() },
          this.playing ? "Pause" : "Play"),
        button("›", "To the next change", next),
      ]),
      h("output", { class: "days-now num", "aria-live": this.playing ? "off" : "polite" }, this.words),
      h("div", { class: "days-slider" }, [
        h("input", { type: "range", min: 0, max: this.count, step: 1, value: this.at, "aria-label": this.label, "aria-valuetext": this.words,
          onInput: (e) => this.go(Number(e.target.value)) }),
        h("div", { class: "days-ticks", "aria-hidden": "true" }, this.changes.map((day) => h("i", { key: day, style: { left: part(day) } }))),
      ]),
    ]);
  },
};
