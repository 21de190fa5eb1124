// A report's words and its records. Everything is put in as text: Vue's h() never reads it as markup.
const FLASH_MS = 1600;
const FAR_PX = 300;

export default {
  props: { paragraphs: Array, cards: Array, layers: Array, first: String },
  data() {
    return { chosen: null, flashed: null, hidden: {}, at: -1, open: null };
  },
  computed: {
    byId() {
      return Object.fromEntries(this.cards.map((card) => [card.id, card]));
    },
    // By whose word what is chosen is told: ids of quotations.
    chain() {
      return this.byId[this.chosen]?.chain ?? [];
    },
    kinds() {
      return this.layers.map(([layer, name]) => [layer, name, this.cards.filter((card) => card.layer === layer)])
        .filter(([, , cards]) => cards.length);
    },
  },
  created() {
    this.open = this.kinds[0]?.[0] ?? null;
  },
  mounted() {
    if (this.first && this.byId[this.first]) this.choose(this.first, { show: true });
    this.$el.dataset.ready = "1";
  },
  methods: {
    layerOf(kind) {
      return kind === "cue" ? "quote" : kind;
    },
    shown(marks) {
      return marks.filter(([, kind]) => !this.hidden[this.layerOf(kind)]);
    },
    choose(id, { show = false, focus = false } = {}) {
      this.chosen = id;
      if (this.byId[id]) this.open = this.byId[id].layer;
      const address = new URL(location.href);
      address.searchParams.set("event", id);
      history.replaceState(null, "", address);
      this.$nextTick(() => {
        if (show) this.show(id);
        if (focus) this.$refs.title?.focus({ preventScroll: true });
        if (this.$refs.panel) this.$refs.panel.scrollTop = 0;
      });
    },
    leave() {
      const id = this.chosen;
      this.chosen = null;
      const address = new URL(location.href);
      address.searchParams.delete("event");
      history.replaceState(null, "", address);
      this.$nextTick(() => this.$refs.panel?.querySelector(`[data-record="${CSS.escape(id)}"]`)?.focus({ preventScroll: true }));
    },
    show(id) {
      const words = [...this.$refs.text.querySelectorAll("[data-of]")].filter((one) => one.dataset.of.split(" ").includes(id));
      const behind = [...this.$refs.text.querySelectorAll("[data-behind]")].filter((one) => one.dataset.behind.split(" ").includes(id));
      const own = words[0] ?? behind[0];
      if (!own) return;
      // From where its sentence, or whose word it is, begins: unless that is far above.
      const first = this.$refs.text.querySelector(".is-said, .is-behind");
      const target = first && own.offsetTop - first.offsetTop < FAR_PX && own.offsetTop >= first.offsetTop ? first : own;
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
      target.scrollIntoView({ block: matchMedia("(max-width: 900px)").matches ? "start" : "center", behavior: calm ? "auto" : "smooth" });
      this.flashed = null;
      clearTimeout(this.timer);
      this.$nextTick(() => {
        this.flashed = id;
        this.timer = setTimeout(() => { this.flashed = null; }, FLASH_MS);
      });
    },
    // A further click on the same words goes to the next record that they belong to.
    pick(marks, options) {
      const ids = [...new Set(marks.map(([id]) => id))];
      const next = ids[(ids.indexOf(this.chosen) + 1) % ids.length];
      this.choose(next, options);
    },
    keys(event) {
      const all = [...this.$refs.text.querySelectorAll(".mk")];
      if (event.key === "Escape" && this.chosen) {
        this.leave();
        return;
      }
      const now = all.indexOf(document.activeElement);
      let next = null;
      if (event.key === "ArrowRight" || event.key === "ArrowDown") next = Math.min(all.length - 1, now + 1);
      else if (event.key === "ArrowLeft" || event.key === "ArrowUp") next = Math.max(0, now - 1);
      else if (event.key === "Home") next = 0;
      else if (event.key === "End") next = all.length - 1;
      else if (event.key === "Enter" || event.key === " ") {
        if (now >= 0) { event.preventDefault(); all[now].click(); }
        return;
      }
      if (next === null || now < 0) return;
      event.preventDefault();
      this.at = Number(all[next].dataset.number);
      all[next].focus();
    },
    // ------------------------------------------------------------------------------------------------ drawing
    drawPiece([text, marks, behind], number) {
      const { h } = Vue;
      const shown = this.shown(marks);
      const ids = shown.map(([id]) => id);
      const css = {
        "is-behind": this.chosen && (behind.includes(this.chosen)),
        "is-chosen": this.chosen && ids.includes(this.chosen),
        "is-said": this.chain.some((id) => behind.includes(id) || marks.some((mark) => mark[0] === id && mark[1] === "cue")),
        "is-content": this.chain.some((id) => marks.some((mark) => mark[0] === id && mark[1] === "quote")),
        flash: this.flashed && (ids.includes(this.flashed) || (behind.includes(this.flashed))),
      };
      if (!shown.length) {
        return h("span", { key: number, class: css, "data-behind": behind.join(" ") || null }, text);
      }
      const event = shown.find(([, kind]) => kind === "event");
      return h("span", {
        key: number,
        class: ["mk", ...shown.map(([, kind]) => `mk-${kind}`), event ? this.byId[event[0]].css : "", css],
        role: "button", tabindex: number === (this.at < 0 ? this.firstMark : this.at) ? 0 : -1,
        "data-of": ids.join(" "), "data-behind": behind.join(" ") || null, "data-number": number,
        "aria-pressed": ids.includes(this.chosen) ? "true" : "false",
        title: shown.map(([id]) => this.byId[id].layer === "quote" ? `${this.byId[id].title}'s word` : this.byId[id].title)
          .filter((one, place, all) => all.indexOf(one) === place).join(" · "),
        onClick: () => { this.at = number; this.pick(shown); },
      }, text);
    },
    drawLegend() {
      const { h } = Vue;
      return h("div", { class: "chips reader-legend", role: "group", "aria-label": "What is marked" }, this.kinds.map(([layer, name, cards]) =>
        h("button", {
          type: "button", class: "button", "aria-pressed": this.hidden[layer] ? "false" : "true",
          title: this.hidden[layer] ? `Mark ${name.toLowerCase()}` : `Do not mark ${name.toLowerCase()}`,
          onClick: () => { this.hidden = { ...this.hidden, [layer]: !this.hidden[layer] }; },
        }, [h("span", { class: `sample mk-${layer} quad-none`, "aria-hidden": "true" }, "abc"), name, h("span", { class: "num muted" }, cards.length)]),
      ));
    },
    drawPart([text, ref, href], number) {
      const { h } = Vue;
      if (ref && this.byId[ref]) {
        return h("button", { key: number, type: "button", class: "ref", onClick: () => this.choose(ref, { show: true, focus: true }) }, text);
      }
      return href ? h("a", { key: number, href }, text) : h("span", { key: number }, text);
    },
    drawCard(card) {
      const { h } = Vue;
      const name = this.layers.find(([layer]) => layer === card.layer)[1];
      return h("div", { class: "record", key: card.id }, [
        h("div", { class: "row record-bar" }, [
          h("button", { type: "button", class: "button", onClick: () => this.leave() }, `‹ ${name}`),
          h("button", { type: "button", class: "button push", onClick: () => this.show(card.id) }, "Show its words"),
        ]),
        h("h2", { ref: "title", tabindex: -1, class: "record-title" }, [
          card.layer === "event" ? h("span", { class: `dot ${card.css}`, "aria-hidden": "true" }) : null,
          h("span", card.title),
          card.status ? h("span", { class: `status ${card.css.split(" ").find((one) => one.startsWith("is-"))}` }, card.status) : null,
        ]),
        card.words ? h("blockquote", { class: "words small" }, card.words) : null,
        h("dl", { class: "facts" }, card.facts.flatMap(([fact, parts]) => [
          h("dt", fact), h("dd", parts.flatMap((part, number) => [number ? "; " : "", this.drawPart(part, number)])),
        ])),
        card.links.length
          ? h("div", { class: "row record-links" }, card.links.map(([text, href]) => h("a", { class: "button", href }, text)))
          : null,
      ]);
    },
    drawList() {
      const { h } = Vue;
      const [, , cards] = this.kinds.find(([layer]) => layer === this.open) ?? [null, null, []];
      return [
        h("div", { class: "chips record-kinds", role: "group", "aria-label": "Records" }, this.kinds.map(([layer, name, its]) =>
          h("button", { type: "button", class: ["button", { on: layer === this.open }], "aria-pressed": layer === this.open ? "true" : "false",
            onClick: () => { this.open = layer; } }, [name, h("span", { class: "num muted" }, its.length)]))),
        h("ul", { class: "list record-list" }, cards.map((card) => h("li", { key: card.id }, [
          h("button", { type: "button", class: "record-item", "data-record": card.id, onClick: () => this.choose(card.id, { show: true, focus: true }) }, [
            card.layer === "event" ? h("span", { class: `dot ${card.css}`, "aria-hidden": "true" }) : null,
            h("span", { class: "record-name" }, [h("span", card.title), card.note ? h("span", { class: "muted small" }, card.note) : null]),
            card.status ? h("span", { class: `status ${card.css.split(" ").find((one) => one.startsWith("is-"))}` }, card.status) : null,
          ]),
        ]))),
      ];
    },
  },
  render() {
    const { h } = Vue;
    let number = 0;
    this.firstMark = -1;
    const numbered = this.paragraphs.map((pieces) => pieces.map((piece) => {
      const its = number++;
      if (this.firstMark < 0 && this.shown(piece[1]).length) this.firstMark = its;
      return [piece, its];
    }));
    return h("div", { class: "reader" }, [
      h("div", { class: "reader-column" }, [
        this.kinds.length ? this.drawLegend() : null,
        h("article", { ref: "text", class: "reader-text", "aria-label": "Text of the report", onKeydown: (event) => this.keys(event) },
          numbered.map((pieces, place) => h("p", { key: place }, pieces.map(([piece, its]) => this.drawPiece(piece, its))))),
        this.kinds.length ? h("p", { class: "muted small reader-hint" }, "Click marked words, or go to them with Tab and the arrow keys and press Enter.") : null,
        this.$slots.default?.(),
      ]),
      h("aside", { ref: "panel", class: ["panel reader-panel", { "has-record": this.chosen }], "aria-label": "Records", "aria-live": "polite",
        onKeydown: (event) => { if (event.key === "Escape" && this.chosen) this.leave(); } },
        this.kinds.length
          ? this.chosen && this.byId[this.chosen] ? [this.drawCard(this.byId[this.chosen])] : this.drawList()
          : [h("p", { class: "muted" }, "Nothing was found in this report.")]),
    ]);
  },
};
